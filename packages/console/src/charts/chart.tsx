import { lazy, type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { useSay } from '../language/language.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loaded.js';
import { PlainTable } from '../parts/plain-table.js';
import { savePicture } from './save-picture.js';
import type { ChartProps } from './series.js';

// They are loaded when the first chart is shown: the library is larger than the rest of the console.
const KINDS = {
  bars: lazy(() => import('./stacked-bars.js')),
  lines: lazy(() => import('./lines.js')),
} as const;

const WORDS = {
  chart: { en: 'Chart', es: 'Gráfica' },
  table: { en: 'Table', es: 'Tabla' },
  view: { en: 'Show as', es: 'Mostrar como' },
  save: { en: 'Save picture', es: 'Guardar imagen' },
} as const;

interface FrameProps {
  readonly title: string;
  /** The chart itself; its first `<svg>` is the picture to save. */
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
    const svg = drawing.current?.querySelector<SVGSVGElement>('svg.recharts-surface, svg.picture');
    if (svg) savePicture(svg, title).catch(setError);
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
          <button type="button" onClick={save} disabled={is_table}>
            {say(WORDS.save)}
          </button>
        </div>
      </figcaption>
      {error && <Failure error={error} />}
      {is_table ? table : <div ref={drawing}>{children}</div>}
    </figure>
  );
}

interface ChartFigureProps extends ChartProps {
  readonly kind: keyof typeof KINDS;
  readonly title: string;
  /** Title of the table's first column: what the axis is. */
  readonly axis: string;
}

/** A chart of series over an axis. */
export function Chart({ kind, title, axis, ...props }: ChartFigureProps) {
  const Kind = KINDS[kind];
  const { points, series, format } = props;
  const table = (
    <PlainTable
      caption={title}
      columns={[
        { key: 'axis', title: axis, cell: ({ label }) => label },
        ...series.map(({ name, title: heading }) => ({
          key: name,
          title: heading,
          kind: 'number' as const,
          cell: ({ values }: (typeof points)[number]) => {
            const value = values[name];
            return value === null || value === undefined ? '–' : format(value);
          },
        })),
      ]}
      rows={points}
      keyOf={({ key }) => key}
    />
  );
  return (
    <ChartFrame title={title} table={table}>
      <Suspense fallback={<Loading height_rem={(props.height_px ?? 280) / 16} />}>
        <Kind {...props} />
      </Suspense>
    </ChartFrame>
  );
}
