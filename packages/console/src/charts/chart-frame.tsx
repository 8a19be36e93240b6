import { type ReactNode, useId, useRef, useState } from 'react';
import { useSay } from '../language/language.js';
import { Failure } from '../parts/failure.js';
import './charts.css';
import { savePicture } from './save-picture.js';

const WORDS = {
  chart: { en: 'Chart', es: 'Gráfica' },
  table: { en: 'Table', es: 'Tabla' },
  view: { en: 'Show as', es: 'Mostrar como' },
  save: { en: 'Save picture', es: 'Guardar imagen' },
} as const;

interface FrameProps {
  readonly title: string;
  /** The chart itself; its first `<svg class="picture">` is the picture to save, with what stands in a `.legend`. */
  readonly children: ReactNode;
  /** The same numbers as a table. */
  readonly table: ReactNode;
}

/** A chart with the table behind it, and a picture of it to save. */
export function ChartFrame({ title, children, table }: FrameProps) {
  const say = useSay();
  const id = useId();
  const drawing = useRef<HTMLDivElement>(null);
  const [is_table, setTable] = useState(false);
  const [error, setError] = useState<Error>();
  const save = () => {
    if (drawing.current) savePicture(drawing.current, title).then(() => setError(undefined), setError);
  };
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>{title}</h3>
        <div className="actions">
          <fieldset className="switch">
            <legend className="unseen">{say(WORDS.view)}</legend>
            {[false, true].map((shows_table) => (
              <label key={String(shows_table)}>
                <input
                  type="radio"
                  name={id}
                  checked={is_table === shows_table}
                  onChange={() => setTable(shows_table)}
                />
                {say(shows_table ? WORDS.table : WORDS.chart)}
              </label>
            ))}
          </fieldset>
          <button type="button" className="plain" onClick={save} disabled={is_table}>
            {say(WORDS.save)}
          </button>
        </div>
      </figcaption>
      {error && <Failure error={error} />}
      {is_table ? table : <div ref={drawing}>{children}</div>}
    </figure>
  );
}
