import { labelStep, type Scale, widthOf } from './scale.js';
import type { ChartMark, ChartPoint, ChartProps } from './series.js';

/** Labels are cut: a campaign's name may have a thousand characters. */
const LABEL_CHARS = 22;

export function shortLabel(label: string): string {
  return label.length > LABEL_CHARS ? `${label.slice(0, LABEL_CHARS)}…` : label;
}

interface AxesProps extends Pick<ChartProps, 'x_title' | 'y_title' | 'format'> {
  readonly scale: Scale;
  readonly points: readonly ChartPoint[];
}

/** Lines across the drawing with their values, and what the points are. */
export function Axes({ scale, points, format, x_title, y_title }: AxesProps) {
  const { width, height, margins, ticks, y } = scale;
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <path
            className="grid"
            d={`M${margins.left} ${Math.round(y(tick)) + 0.5}H${width - margins.right}`}
          />
          <text className="axis" x={margins.left - 6} y={y(tick) + 4} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      <PointLabels scale={scale} points={points} />
      {y_title && (
        <text className="axis" x={0} y={12}>
          {y_title}
        </text>
      )}
      {x_title && (
        <text
          className="axis"
          x={margins.left + (width - margins.left) / 2}
          y={height - 4}
          textAnchor="middle"
        >
          {x_title}
        </text>
      )}
    </>
  );
}

function PointLabels({ scale, points }: Pick<AxesProps, 'scale' | 'points'>) {
  const labels = points.map(({ label }) => shortLabel(label));
  const step = labelStep(labels, scale.band);
  const fits = (index: number) => scale.x(index) + widthOf(labels[index] ?? '') / 2 <= scale.width;
  return points.map(({ key }, index) =>
    index % step === 0 && (fits(index) || index === 0) ? (
      <text
        key={key}
        className="axis"
        x={scale.x(index)}
        y={scale.height - scale.margins.bottom + 18}
        textAnchor="middle"
      >
        {labels[index]}
      </text>
    ) : null,
  );
}

interface MarksProps {
  readonly scale: Scale;
  readonly points: readonly ChartPoint[];
  readonly marks: readonly ChartMark[];
}

/** Stretches of the axis that are marked: a tint behind the drawing, and a sign above it for who sees few colours. */
export function Marks({ scale, points, marks }: MarksProps) {
  const { x, band, height, margins } = scale;
  const places = new Map(points.map(({ key }, index) => [key, index]));
  // Several marks over the same points are one tint; the words of each are told beside the pointer.
  const stretches = new Map<string, readonly [from: number, to: number]>();
  for (const { first, last } of marks) {
    const [from, to] = [places.get(first), places.get(last)];
    if (from !== undefined && to !== undefined && from <= to) stretches.set(`${first} ${last}`, [from, to]);
  }
  return [...stretches].map(([key, [from, to]]) => (
    <g key={key} className="mark">
      <rect
        x={x(from) - band / 2}
        y={margins.top}
        width={band * (to - from + 1)}
        height={height - margins.top - margins.bottom}
      />
      <path d={`M${(x(from) + x(to)) / 2 - 4} ${margins.top - 8}h8l-4 6Z`} />
    </g>
  ));
}
