import { daysBetween } from './calendar.js';
import { type Counts, dayOf, hourOf, summed, type TrendRow } from './counts.js';
import { groupedBy } from './grouped.js';

/** A place on the time axis: a day, or an hour of it. */
export interface Interval {
  /** `2026-11-03`, or with its hour `2026-11-03T14`. */
  readonly key: string;
  readonly day: string;
  /** Undefined: the whole day. */
  readonly hour: number | undefined;
  readonly counts: Counts;
}

/** Up to so many days are shown by hour. */
const HOURS_SHOWN_DAYS = 2;

/**
 * What is shown along the time axis of a period.
 *
 * @param by `day`: the rows are by day, so days are shown however few there are
 */
export function intervalsOf(
  rows: readonly TrendRow[],
  first_day: string,
  last_day: string,
  by: 'hour' | 'day' = 'hour',
): Interval[] {
  const days = daysBetween(first_day, last_day);
  return by === 'hour' && days.length <= HOURS_SHOWN_DAYS ? hoursOf(rows, days) : wholeDays(rows, days);
}

/** All days, also those on which nothing was dialed: a gap in the axis would hide them. */
function wholeDays(rows: readonly TrendRow[], days: readonly string[]): Interval[] {
  const by_day = groupedBy(rows, dayOf);
  return days.map((day) => ({ key: day, day, hour: undefined, counts: summed(by_day.get(day) ?? []) }));
}

/** The hours between the first and the last of the day in which somebody was dialed, on each of the days. */
function hoursOf(rows: readonly TrendRow[], days: readonly string[]): Interval[] {
  // An hour that a clock shows twice is two rows, and one place.
  const by_hour = groupedBy(rows, (row) => keyOf(dayOf(row), hourOf(row)));
  return days.flatMap((day) =>
    hoursDialed(rows).map((hour) => {
      const key = keyOf(day, hour);
      return { key, day, hour, counts: summed(by_hour.get(key) ?? []) };
    }),
  );
}

export function keyOf(day: string, hour: number): string {
  return `${day}T${String(hour).padStart(2, '0')}`;
}

/** The hours of the day from the first to the last in which somebody was dialed. */
export function hoursDialed(rows: readonly TrendRow[]): number[] {
  if (rows.length === 0) return [];
  const hours = rows.map(hourOf);
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
