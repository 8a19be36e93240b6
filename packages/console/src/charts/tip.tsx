import { useSay } from '../language/language.js';
import { Swatch } from './legend.js';
import type { ChartPoint, ChartSeries } from './series.js';

const WORDS = {
  total: { en: 'Total', es: 'Total' },
  more: { en: 'and {count} more', es: 'y {count} más' },
} as const;

/** Titles of marks that are told: a day can have many faults. */
const TOLD_MARKS = 4;

interface TipProps {
  readonly point: ChartPoint;
  readonly series: readonly ChartSeries[];
  readonly total: number | undefined;
  readonly marks: readonly string[];
  readonly format: (value: number) => string;
  /** Where the point is, in pixels, and how wide the drawing is. */
  readonly x: number;
  readonly width: number;
}

/** The numbers of one point, beside it. Screen readers are told the same by the plot itself. */
export function Tip({ point, series, total, marks, format, x, width }: TipProps) {
  const say = useSay();
  const side = x > width / 2 ? { right: width - x + 10 } : { left: x + 10 };
  const titles = [...new Set(marks)];
  const told = titles.slice(0, TOLD_MARKS);
  const rest = titles.length - told.length;
  return (
    <div className="tip" aria-hidden="true" style={side}>
      <strong>
        <bdi>{point.label}</bdi>
      </strong>
      <table>
        <tbody>
          {series.map((one) => (
            <tr key={one.name}>
              <td>
                <Swatch series={one} /> <bdi>{one.title}</bdi>
              </td>
              <td className="number">{valueText(point.values[one.name], format)}</td>
            </tr>
          ))}
          {total !== undefined && (
            <tr>
              <td>{say(WORDS.total)}</td>
              <td className="number">{format(total)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {told.map((title) => (
        <p key={title} className="told">
          ▼ <bdi>{title}</bdi>
        </p>
      ))}
      {rest > 0 && <p className="told">{say(WORDS.more, { count: rest })}</p>}
    </div>
  );
}

/** A value, or a dash where there is none. */
export function valueText(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}
