import { useSay } from '../../language/language.js';
import { COLUMNS } from './columns.js';

const WORDS = { columns: { en: 'Columns', es: 'Columnas' } } as const;

interface ColumnChooserProps {
  readonly chosen: ReadonlySet<string>;
  readonly show: (name: string, is_shown: boolean) => void;
}

/** Which columns the table has. */
export function ColumnChooser({ chosen, show }: ColumnChooserProps) {
  const say = useSay();
  return (
    <details className="codes-columns">
      <summary>{say(WORDS.columns)}</summary>
      <fieldset>
        <legend className="unseen">{say(WORDS.columns)}</legend>
        {COLUMNS.map(({ name, title }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={chosen.has(name)}
              onChange={({ target }) => show(name, target.checked)}
            />
            {say(title)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
