import { useId } from 'react';
import { useOperationFormats } from '../../operation/operation.js';

export interface Bar {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** A colour of the style sheet; absent: the accent. */
  readonly colour?: string;
  /** Said under the name. */
  readonly about?: string;
}

interface BarsProps {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** Counts side by side: the numbers are the text, the bars show which are large. */
export function Bars({ title, bars }: BarsProps) {
  const id = useId();
  const { count } = useOperationFormats();
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <section className="imports-bars" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <dl>
        {bars.map((bar) => (
          <div key={bar.key}>
            <dt>
              {bar.name}
              {bar.about !== undefined && <small className="quiet"> {bar.about}</small>}
            </dt>
            <dd>
              <span>{count(bar.count)}</span>
              <span
                className="imports-bar"
                style={{
                  inlineSize: `${(100 * bar.count) / most}%`,
                  background: bar.colour ?? 'var(--accent)',
                }}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
