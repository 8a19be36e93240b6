import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ticksUpTo } from './scale.js';

const HEIGHT_PX = 300;
const MARGIN_PX = { top: 24, right: 16, bottom: 48, left: 56 } as const;
/** Narrower than this it would not be read. */
const WIDTH_MIN_PX = 240;

export interface Axis {
  /** The largest value that is drawn; both axes begin at 0. */
  readonly most: number;
  readonly title: string;
  readonly format: (value: number) => string;
}

/** Where values stand, in pixels. */
export interface Places {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** The ends of the axes, in values. */
  readonly x_end: number;
  readonly y_end: number;
}

interface PlaneProps {
  /** What is seen, in a sentence, for who does not see it. */
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly children: (places: Places) => ReactNode;
  /** Called with the place that was clicked, in pixels. There is a control beside the drawing that does the same by keyboard. */
  readonly onPlace?: (x_px: number, y_px: number, places: Places) => void;
}

/** A drawing over two axes of numbers, as wide as its place. */
export function Plane({ label, x, y, children, onPlace }: PlaneProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width_px = useWidth(frame);
  const x_ticks = ticksUpTo(x.most);
  const y_ticks = ticksUpTo(y.most);
  const places = placesIn(width_px, x_ticks.at(-1) ?? 1, y_ticks.at(-1) ?? 1);
  const bottom = HEIGHT_PX - MARGIN_PX.bottom;
  const clicked = (event: MouseEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    onPlace?.(event.clientX - left, event.clientY - top, places);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control beside it does the same (`onPlace`)
    // biome-ignore lint/a11y/useKeyWithClickEvents: the control beside it does the same by keyboard
    <div
      ref={frame}
      className={onPlace ? 'list-quality-plane list-quality-by-hand' : 'list-quality-plane'}
      onClick={clicked}
    >
      <svg className="picture" role="img" aria-label={label} width={width_px} height={HEIGHT_PX}>
        {y_ticks.map((value) => (
          <g key={value}>
            <line
              x1={MARGIN_PX.left}
              x2={width_px - MARGIN_PX.right}
              y1={places.y(value)}
              y2={places.y(value)}
              stroke="var(--line)"
            />
            <text x={MARGIN_PX.left - 8} y={places.y(value) + 4} textAnchor="end">
              {y.format(value)}
            </text>
          </g>
        ))}
        {x_ticks.map((value) => (
          <text key={value} x={places.x(value)} y={bottom + 18} textAnchor="middle">
            {x.format(value)}
          </text>
        ))}
        <text x={MARGIN_PX.left} y={12} textAnchor="start">
          {`↑ ${y.title}`}
        </text>
        <text x={width_px - MARGIN_PX.right} y={bottom + 38} textAnchor="end">
          {`${x.title} →`}
        </text>
        {children(places)}
      </svg>
    </div>
  );
}

function placesIn(width_px: number, x_end: number, y_end: number): Places {
  const [wide, high] = [
    width_px - MARGIN_PX.left - MARGIN_PX.right,
    HEIGHT_PX - MARGIN_PX.top - MARGIN_PX.bottom,
  ];
  return {
    x: (value) => MARGIN_PX.left + (value / x_end) * wide,
    y: (value) => MARGIN_PX.top + (1 - value / y_end) * high,
    x_end,
    y_end,
  };
}

/** The width of an element, as it is and as it becomes. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width_px, setWidth] = useState(WIDTH_MIN_PX);
  useEffect(() => {
    const shown = element.current;
    if (!shown) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(WIDTH_MIN_PX, shown.clientWidth)));
    observer.observe(shown);
    return () => observer.disconnect();
  }, [element]);
  return width_px;
}
