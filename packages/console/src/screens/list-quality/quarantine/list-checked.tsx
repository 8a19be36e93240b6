import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { LIST_MAX, type ReadList } from './telephone-list.js';

const WORDS = {
  empty: { en: 'No telephones yet.', es: 'Todavía no hay teléfonos.' },
  count: { en: '{count} telephones', es: '{count} teléfonos' },
  one: { en: '1 telephone', es: '1 teléfono' },
  repeated_one: { en: '1 came more than once', es: '1 venía repetido' },
  repeated: { en: '{count} came more than once', es: '{count} venían repetidos' },
  heading: { en: 'the first line is a heading', es: 'la primera línea es un título' },
  faults: { en: '{count} lines are left out:', es: 'Se dejan fuera {count} líneas:' },
  fault_one: { en: '1 line is left out:', es: 'Se deja fuera 1 línea:' },
  line: { en: 'Line {line}', es: 'Línea {line}' },
  too_long: { en: 'longer than 64 characters', es: 'de más de 64 caracteres' },
  unreadable: { en: 'has characters that cannot be read', es: 'con caracteres que no se pueden leer' },
  columns: {
    en: 'has more than one column; keep the telephone alone',
    es: 'con más de una columna; deje solo el teléfono',
  },
  punctuated_one: {
    en: '1 has spaces, hyphens or parentheses. It stands only for attempts that were dialed exactly so.',
    es: '1 tiene espacios, guiones o paréntesis. Solo vale para intentos que se marcaron exactamente así.',
  },
  punctuated: {
    en: '{count} have spaces, hyphens or parentheses. They stand only for attempts that were dialed exactly so.',
    es: '{count} tienen espacios, guiones o paréntesis. Solo valen para intentos que se marcaron exactamente así.',
  },
  too_many: {
    en: 'The list has more than {count} telephones. A rule, or the API, is better for so many.',
    es: 'La lista tiene más de {count} teléfonos. Para tantos es mejor una regla o la API.',
  },
} as const;

/** A line that is shown of a file: enough to find it. */
const SHOWN_CHARS = 80;

interface ListCheckedProps {
  readonly list: ReadList;
  readonly is_empty: boolean;
}

/** What was understood of a list, before anything is sent. */
export function ListChecked({ list, is_empty }: ListCheckedProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const { telephones, repeated, heading, faults, faulty, punctuated, is_too_long } = list;
  const counted = (words: 'repeated' | 'punctuated', count: number) =>
    count === 1 ? say(WORDS[`${words}_one`]) : say(WORDS[words], { count: formats.count(count) });
  if (is_empty) return <p className="quiet">{say(WORDS.empty)}</p>;
  if (is_too_long)
    return (
      <p role="alert" className="error">
        {say(WORDS.too_many, { count: formats.count(LIST_MAX) })}
      </p>
    );
  const parts = [
    telephones.length === 1 ? say(WORDS.one) : say(WORDS.count, { count: formats.count(telephones.length) }),
    ...(repeated > 0 ? [counted('repeated', repeated)] : []),
    ...(heading === undefined ? [] : [say(WORDS.heading)]),
  ];
  return (
    <div className="quarantine-checked">
      <p role="status">{parts.join(' · ')}</p>
      {punctuated > 0 && <p>{counted('punctuated', punctuated)}</p>}
      {faults > 0 && (
        <>
          <p className="error">
            {faults === 1 ? say(WORDS.fault_one) : say(WORDS.faults, { count: formats.count(faults) })}
          </p>
          <ul>
            {faulty.map(({ line, text, fault }) => (
              <li key={line}>
                {say(WORDS.line, { line: formats.count(line) })}:{' '}
                <Foreign text={text.slice(0, SHOWN_CHARS)} /> – {say(WORDS[fault])}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
