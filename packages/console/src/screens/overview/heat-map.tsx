import { useRef } from 'react';
import { widthOf } from '../../charts/scale.js';
import { useWidth } from '../../charts/use-width.js';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { type HeatCell, strengthOf } from './heat.js';
import { useHourText } from './hour-text.js';

const WORDS = {
  about: {
    en: 'A square for each hour of the week, the stronger its colour the more was answered. The table has the numbers.',
    es: 'Un cuadro por cada hora de la semana; entre más fuerte el color, más se contestó. La tabla tiene los números.',
  },
  cell: {
    en: '{weekday} {hour}: {rate} of {attempts} {attempts: attempt|attempts} answered',
    es: '{weekday} {hour}: se contestó el {rate} de {attempts} {attempts: intento|intentos}',
  },
  few: {
    en: '{weekday} {hour}: {attempts} {attempts: attempt|attempts}',
    es: '{weekday} {hour}: {attempts} {attempts: intento|intentos}',
  },
} as const;

const ROW_PX = 26;
const HEAD_PX = 22;
const GAP_PX = 2;

/** The strongest colour leaves its own writing readable. */
const STRONGEST = 0.62;
const FAINTEST = 0.06;

/** Hours from top to bottom, the days of the week from left to right. */
export function HeatMap({ hours }: { readonly hours: readonly (readonly HeatCell[])[] }) {
  const say = useSay();
  const { weekday } = useOperationFormats();
  const hourText = useHourText();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const strength = strengthOf(hours.flat());
  const hours_px = Math.max(...hours.map(([first]) => widthOf(hourText(first?.hour ?? 0)))) + 10;
  const cell_px = Math.max(1, (width - hours_px) / 7);
  const x = (index: number) => hours_px + index * cell_px;
  return (
    <div ref={frame} className="overview-heat">
      {width > 0 && (
        <svg
          className="picture"
          role="img"
          aria-label={say(WORDS.about)}
          width={width}
          height={HEAD_PX + hours.length * ROW_PX}
        >
          {hours[0]?.map(({ weekday: number }, index) => (
            <text key={number} className="axis" x={x(index) + cell_px / 2} y={14} textAnchor="middle">
              {shortWeekday(weekday(number), cell_px)}
            </text>
          ))}
          {hours.map((cells, row) => (
            <g key={cells[0]?.hour}>
              <text className="axis" x={hours_px - 8} y={HEAD_PX + row * ROW_PX + 17} textAnchor="end">
                {hourText(cells[0]?.hour ?? 0)}
              </text>
              {cells.map((cell, index) => (
                <Cell
                  key={cell.weekday}
                  cell={cell}
                  x={x(index)}
                  y={HEAD_PX + row * ROW_PX}
                  width={cell_px - GAP_PX}
                  strength={cell.rate === null ? 0 : strength(cell.rate)}
                />
              ))}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

/** Below this width a day has its first three letters. */
const WHOLE_NAME_PX = 76;

function shortWeekday(name: string, cell_px: number): string {
  return cell_px < WHOLE_NAME_PX ? name.slice(0, 3) : name;
}

interface CellProps {
  readonly cell: HeatCell;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly strength: number;
}

function Cell({ cell: { weekday, hour, counts, rate }, x, y, width, strength }: CellProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const hourText = useHourText();
  const values = {
    weekday: formats.weekday(weekday),
    hour: hourText(hour),
    attempts: formats.count(counts.total),
  };
  const part = Math.round((FAINTEST + strength * (STRONGEST - FAINTEST)) * 100);
  return (
    <g>
      <title>
        {rate === null ? say(WORDS.few, values) : say(WORDS.cell, { ...values, rate: formats.share(rate) })}
      </title>
      <rect
        x={x}
        y={y}
        width={Math.max(1, width)}
        height={ROW_PX - GAP_PX}
        rx={2}
        fill={
          rate === null ? 'var(--raised)' : `color-mix(in srgb, var(--code-answer) ${part}%, var(--page))`
        }
      />
      {rate !== null && (
        <text className="value" x={x + width / 2} y={y + 16.5} textAnchor="middle">
          {`${Math.round(rate * 100)}%`}
        </text>
      )}
    </g>
  );
}
