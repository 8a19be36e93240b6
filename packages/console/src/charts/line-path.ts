import type { Scale } from './scale.js';
import type { ChartPoint } from './series.js';

/** A series as a path, with a gap where it has no number. */
export function linePath(points: readonly ChartPoint[], name: string, { x, y }: Scale): string {
  let is_open = false;
  return points
    .map(({ values }, index) => {
      const value = values[name] ?? null;
      const step = is_open ? 'L' : 'M';
      is_open = value !== null;
      return value === null ? '' : `${step}${px(x(index))} ${px(y(value))}`;
    })
    .join('');
}

/** Points with a number whose neighbours have none, or all where there are few: a line would not show them. */
export function dotsOf(points: readonly ChartPoint[], name: string, few: number): number[] {
  const has = (index: number) => typeof points[index]?.values[name] === 'number';
  return [...points.keys()].filter(
    (index) => has(index) && (points.length <= few || (!has(index - 1) && !has(index + 1))),
  );
}

const px = (number: number) => Math.round(number * 100) / 100;
