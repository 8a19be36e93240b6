import type { Scale } from './scale.js';
import type { ChartPoint, ChartSeries } from './series.js';

/** The part of its place that a bar takes, and its greatest width in pixels. */
const FILLED = 0.72;
const WIDEST_PX = 56;

/** The parts of all bars that belong to a series, as one path for each series: a year of days is five elements, not two thousand. */
export function barPaths(
  points: readonly ChartPoint[],
  series: readonly ChartSeries[],
  { x, y, band }: Scale,
): string[] {
  const width = Math.min(band * FILLED, WIDEST_PX);
  const heights = points.map(() => 0);
  return series.map(({ name }) =>
    points
      .map(({ values }, index) => {
        const value = Math.max(0, values[name] ?? 0);
        const from = heights[index] ?? 0;
        heights[index] = from + value;
        if (value === 0) return '';
        const [bottom, top] = [y(from), y(from + value)];
        return `M${px(x(index) - width / 2)} ${px(bottom)}V${px(top)}h${px(width)}V${px(bottom)}Z`;
      })
      .join(''),
  );
}

const px = (number: number) => Math.round(number * 100) / 100;
