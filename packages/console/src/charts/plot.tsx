import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useSay } from '../language/language.js';
import { Axes, Marks } from './axes.js';
import { Legend } from './legend.js';
import { type Margins, type Scale, scaleOf, ticksFor, widthOf } from './scale.js';
import { type ChartProps, marksOver } from './series.js';
import { Tip, valueText } from './tip.js';
import { useWidth } from './use-width.js';

const WORDS = {
  read: { en: '{title}: the arrow keys read the values', es: '{title}: las flechas leen los valores' },
  open: {
    en: '{title}: the arrow keys read the values, Enter opens them',
    es: '{title}: las flechas leen los valores, Entrar los abre',
  },
} as const;

const HEIGHT_PX = 280;

interface PlotProps extends ChartProps {
  readonly title: string;
  /** All numbers that the drawing has to have room for. */
  readonly numbers: readonly number[];
  /** What the series of each point add up to, where that is worth telling. */
  readonly totals?: readonly number[] | undefined;
  readonly children: (scale: Scale) => ReactNode;
}

/**
 * Everything of a chart that is not its bars or lines: axes, marks, the legend, and the numbers of the point under the pointer. By keyboard
 * it is a slider along the axis, which screen readers read as they read any other.
 */
export function Plot(props: PlotProps) {
  const {
    title,
    points,
    series,
    marks = [],
    format,
    height_px = HEIGHT_PX,
    onPoint,
    numbers,
    totals,
  } = props;
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [active, setActive] = useState<number>();
  const was_touched = useRef<number>(undefined);
  const ticks = ticksFor(numbers);
  const scale = scaleOf(width, height_px, marginsOf(props, ticks, width), points.length, ticks);
  const point = active === undefined ? undefined : points[active];
  const over = marksOver(points, marks);
  const opens = onPoint !== undefined;

  const indexAt = ({ clientX, currentTarget }: PointerEvent<HTMLDivElement>) => {
    const from_left = clientX - currentTarget.getBoundingClientRect().left - scale.margins.left;
    return Math.min(points.length - 1, Math.max(0, Math.floor(from_left / scale.band)));
  };
  const open = () => point && onPoint?.(point);
  const press = (event: KeyboardEvent) => {
    const last = points.length - 1;
    const at = active ?? last;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) setActive(Math.min(last, Math.max(0, to)));
    else if (event.key === 'Enter') open();
    else if (event.key === 'Escape') setActive(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div className="plot">
      <div
        ref={frame}
        className={opens ? 'frame opens' : 'frame'}
        role="slider"
        tabIndex={0}
        aria-label={say(opens ? WORDS.open : WORDS.read, { title })}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, points.length - 1)}
        aria-valuenow={active ?? Math.max(0, points.length - 1)}
        aria-valuetext={spoken(props, active ?? points.length - 1, over)}
        onKeyDown={press}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) setActive((before) => before ?? points.length - 1);
        }}
        onBlur={() => setActive(undefined)}
        onPointerDown={(event) => {
          // A finger shows no numbers before it taps: its first tap on a point shows them, the second opens them.
          was_touched.current = event.pointerType === 'mouse' ? indexAt(event) : active;
          setActive(indexAt(event));
        }}
        onPointerMove={(event) => setActive(indexAt(event))}
        onPointerLeave={({ pointerType }) => pointerType === 'mouse' && setActive(undefined)}
        onClick={() => was_touched.current === active && open()}
      >
        {width > 0 && (
          <svg className="picture" width={width} height={height_px} aria-hidden="true">
            {active !== undefined && point && (
              <rect
                className="pointed"
                x={scale.x(active) - scale.band / 2}
                y={scale.margins.top}
                width={scale.band}
                height={height_px - scale.margins.top - scale.margins.bottom}
              />
            )}
            <Marks scale={scale} points={points} marks={marks} />
            <Axes {...props} scale={scale} />
            {props.children(scale)}
          </svg>
        )}
        {active !== undefined && point && (
          <Tip
            point={point}
            series={series}
            total={totals?.[active]}
            marks={over.get(point.key) ?? []}
            format={format}
            x={scale.x(active)}
            width={width}
          />
        )}
      </div>
      {series.length > 1 && <Legend series={series} />}
    </div>
  );
}

function marginsOf(
  { format, marks = [], x_title, y_title }: PlotProps,
  ticks: readonly number[],
  width: number,
): Margins {
  const widest = Math.max(...ticks.map((tick) => widthOf(format(tick))));
  return {
    top: (y_title ? 22 : 8) + (marks.length > 0 ? 8 : 0),
    right: 4,
    bottom: x_title ? 46 : 26,
    left: Math.min(widest + 8, width / 3),
  };
}

/** The numbers of a point as a sentence. */
function spoken(
  { points, series, format }: PlotProps,
  index: number,
  over: ReadonlyMap<string, readonly string[]>,
): string {
  const point = points[index];
  if (!point) return '–';
  const numbers = series.map(({ name, title }) => `${title} ${valueText(point.values[name], format)}`);
  return `${point.label}: ${[...numbers, ...(over.get(point.key) ?? [])].join(', ')}`;
}
