import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Field } from '../../../parts/field.js';
import { Foreign } from '../../../parts/foreign.js';
import { FILE_MAX_BYTES, type FileFault, textOfFile } from './telephone-list.js';

const WORDS = {
  label: { en: 'Telephones, one a line', es: 'Teléfonos, uno por línea' },
  file: { en: 'or choose a text file', es: 'o elija un archivo de texto' },
  another: { en: 'Type or paste instead', es: 'Escribir o pegar en su lugar' },
  too_large: {
    en: 'The file is larger than {size}. A rule, or the API, is better for so many.',
    es: 'El archivo pasa de {size}. Para tantos es mejor una regla o la API.',
  },
  workbook: {
    en: 'This is a workbook of Excel. Save the column of telephones as CSV or text, and choose that file.',
    es: 'Este es un libro de Excel. Guarde la columna de teléfonos como CSV o texto y elija ese archivo.',
  },
} as const;

/** Telephones come by keyboard, by paste or from a file; a file's text is not drawn. */
export function ListSource({ onText }: { readonly onText: (text: string) => void }) {
  const say = useSay();
  const formats = useOperationFormats();
  const file_id = useId();
  const [file, setFile] = useState<string>();
  const [fault, setFault] = useState<FileFault>();
  /** Of two files, the one that was chosen last counts, whichever is read first. */
  const chosen = useRef<File>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  // Who has just asked for it goes on here.
  useEffect(() => area.current?.focus(), []);
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const next = target.files?.[0];
    chosen.current = next;
    if (!next) return;
    const read = await textOfFile(next);
    if (chosen.current !== next) return;
    target.value = '';
    if ('fault' in read) {
      setFault(read.fault);
      return;
    }
    setFault(undefined);
    setFile(next.name);
    onText(read.text);
  };
  const forget = () => {
    setFile(undefined);
    onText('');
  };
  return (
    <div className="field">
      {file === undefined ? (
        <Field label={say(WORDS.label)}>
          {(labelled) => (
            <textarea
              {...labelled}
              ref={area}
              rows={8}
              spellCheck={false}
              autoCapitalize="off"
              placeholder={'573001234567\n573007654321'}
              onChange={({ target }) => onText(target.value)}
            />
          )}
        </Field>
      ) : (
        <p className="quarantine-file">
          <Foreign text={file} />
          <button type="button" onClick={forget}>
            {say(WORDS.another)}
          </button>
        </p>
      )}
      {file === undefined && (
        <div className="quarantine-choose">
          <label htmlFor={file_id}>{say(WORDS.file)}</label>
          <input id={file_id} type="file" accept=".txt,.csv,text/plain,text/csv" onChange={choose} />
        </div>
      )}
      {fault && (
        <p role="alert" className="error">
          {say(WORDS[fault], { size: formats.megabytes(FILE_MAX_BYTES) })}
        </p>
      )}
    </div>
  );
}
