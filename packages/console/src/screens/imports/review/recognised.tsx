import type { ImportFormatName, ImportPreviewDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { ServiceText } from '../service-text.js';
import { formatName } from '../words.js';

const WORDS = {
  recognised: { en: 'Recognised: {format}', es: 'Reconocido: {format}' },
  read_as: { en: 'Read as: {format}', es: 'Leído como: {format}' },
  several: {
    en: 'More than one format fits. Which one is it?',
    es: 'Encaja en más de un formato. ¿Cuál es?',
  },
  unknown: {
    en: 'No dialer known here writes files like this. Say which column is what, and it can be imported all the same.',
    es: 'Ningún marcador conocido escribe archivos así. Indique qué es cada columna, y se puede importar de todos modos.',
  },
  unreadable: {
    en: 'No dialer known here writes files like this, and it has no columns that could be chosen. Is it the right file?',
    es: 'Ningún marcador conocido escribe archivos así, y no tiene columnas que se puedan elegir. ¿Es el archivo correcto?',
  },
  empty: { en: 'The file is empty.', es: 'El archivo está vacío.' },
  choose: { en: 'Say below which column is what.', es: 'Indique abajo qué es cada columna.' },
  refused: { en: 'It can’t be imported like this:', es: 'Así no se puede importar:' },
  says: { en: 'What the service says', es: 'Lo que dice el servicio' },
} as const;

interface RecognisedProps {
  readonly preview: ImportPreviewDocument;
  readonly is_empty: boolean;
  readonly onFormat: (format: ImportFormatName) => void;
}

/** Which format the file has, and by what that was seen; or why it cannot be read. */
export function Recognised({ preview, is_empty, onFormat }: RecognisedProps) {
  const say = useSay();
  const { format, format_reason, recognised, refusal, table } = preview;
  if (is_empty) return <p className="failure">{say(WORDS.empty)}</p>;
  if (recognised.length > 1 && format === null) {
    return (
      <div className="imports-warning">
        <p>{say(WORDS.several)}</p>
        <p className="actions">
          {recognised.map((each) => (
            <button key={each.format} type="button" onClick={() => onFormat(each.format)}>
              {say(formatName(each.format))}
            </button>
          ))}
        </p>
      </div>
    );
  }
  if (format === null) {
    return (
      <div className="imports-warning">
        <p>{say(table ? WORDS.unknown : WORDS.unreadable)}</p>
        {refusal !== null && (
          <details>
            <summary>{say(WORDS.says)}</summary>
            <p className="imports-raw">
              <ServiceText text={refusal} />
            </p>
          </details>
        )}
      </div>
    );
  }
  const name = say(formatName(format));
  return (
    <>
      <p className={refusal === null ? 'imports-recognised' : ''}>
        {say(format_reason === null ? WORDS.read_as : WORDS.recognised, { format: name })}{' '}
        {format_reason !== null && (
          <small className="quiet">
            (<ServiceText text={format_reason} />)
          </small>
        )}
      </p>
      {refusal !== null && (
        <div className="failure" role="alert">
          {format === 'csv' && preview.read === 0 && table ? (
            <p>{say(WORDS.choose)}</p>
          ) : (
            <p>
              {say(WORDS.refused)} <ServiceText text={refusal} />
            </p>
          )}
        </div>
      )}
    </>
  );
}
