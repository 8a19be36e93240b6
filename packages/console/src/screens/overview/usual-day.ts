import { dayAfter } from './calendar.js';
import { type Counts, dayOf, hourOf, meanOf, summed, type TrendRow } from './counts.js';
import { groupedBy } from './grouped.js';
import { hoursDialed } from './intervals.js';

/** A day of the operation beside the same weekday of the weeks before. */
export interface DayBesideUsual {
  readonly day: string;
  readonly is_today: boolean;
  /** Of today: counted are the hours that are over, which are those before this one. Of another day undefined: all of them. */
  readonly until_hour: number | undefined;
  readonly seen: Counts;
  /** The mean of the same hours of the same weekday; undefined where there are too few such days to say. */
  readonly usual: Counts | undefined;
  /** How many days the mean is of. */
  readonly weeks: number;
  readonly hours: readonly HourBesideUsual[];
}

export interface HourBesideUsual {
  readonly hour: number;
  /** Null: that hour is not over. */
  readonly seen: number | null;
  readonly usual: number | null;
}

/** So many weeks back is the same weekday looked at: the list that is dialed now was not the list of a season ago. */
export const USUAL_WEEKS = 4;
/** One day is no usual day. */
const WEEKS_LEAST = 2;

/**
 * Today beside what is usual; where nothing was dialed in the hours of today that are over, the last day on which something was.
 * Undefined where nothing was dialed at all.
 *
 * @param rows by hour
 * @param today as `2026-11-03`, and the hour of it that has begun
 */
export function dayBesideUsual(
  rows: readonly TrendRow[],
  today: string,
  hour_now: number,
): DayBesideUsual | undefined {
  const by_day = groupedBy(
    rows.filter((row) => row.total > 0),
    dayOf,
  );
  const is_today = by_day.get(today)?.some((row) => hourOf(row) < hour_now) ?? false;
  const day = is_today
    ? today
    : [...by_day.keys()]
        .filter((one) => one < today)
        .toSorted()
        .at(-1);
  if (day === undefined) return undefined;

  const until_hour = is_today ? hour_now : undefined;
  const isOver = (row: TrendRow) => until_hour === undefined || hourOf(row) < until_hour;
  const seen = by_day.get(day) ?? [];
  const before = Array.from({ length: USUAL_WEEKS }, (_, week) => by_day.get(dayAfter(day, -7 * (week + 1))));
  const weeks = before.filter((found) => found !== undefined);
  const is_known = weeks.length >= WEEKS_LEAST;
  const usual = is_known ? meanOf(weeks.map((week) => summed(week.filter(isOver)))) : undefined;
  const totalAt = (day_rows: readonly TrendRow[], hour: number) =>
    summed(day_rows.filter((row) => hourOf(row) === hour)).total;
  return {
    day,
    is_today,
    until_hour,
    seen: summed(seen.filter(isOver)),
    usual,
    weeks: weeks.length,
    hours: hoursDialed([...seen, ...weeks.flat()]).map((hour) => ({
      hour,
      seen: until_hour !== undefined && hour >= until_hour ? null : totalAt(seen, hour),
      usual: is_known ? weeks.reduce((sum, week) => sum + totalAt(week, hour), 0) / weeks.length : null,
    })),
  };
}
