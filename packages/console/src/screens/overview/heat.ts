import { weekdayOf } from './calendar.js';
import { type Counts, dayOf, hourOf, summed, type TrendRow } from './counts.js';
import { groupedBy } from './grouped.js';
import { hoursDialed } from './intervals.js';

/** An hour of the week. */
export interface HeatCell {
  /** 1 is Monday. */
  readonly weekday: number;
  readonly hour: number;
  readonly counts: Counts;
  /** The part that was answered; null where too few were dialed to say. */
  readonly rate: number | null;
}

/** With fewer attempts a rate says more about chance than about the hour: one answer more would change it by several points. */
export const RATE_ATTEMPTS_LEAST = 30;

/** Hours of the week in which the operation dials, hour by hour, each from Monday to Sunday. */
export function heatOf(rows: readonly TrendRow[]): HeatCell[][] {
  const by_slot = groupedBy(rows, (row) => slotOf(weekdayOf(dayOf(row)), hourOf(row)));
  return hoursDialed(rows).map((hour) =>
    WEEKDAYS.map((weekday) => {
      const counts = summed(by_slot.get(slotOf(weekday, hour)) ?? []);
      const is_known = counts.total >= RATE_ATTEMPTS_LEAST;
      return { weekday, hour, counts, rate: is_known ? counts.answer / counts.total : null };
    }),
  );
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

function slotOf(weekday: number, hour: number): number {
  return weekday * 24 + hour;
}

/** How strong a rate's colour is, from 0 to 1: the lowest rate that is shown has the faintest, the highest the strongest. */
export function strengthOf(cells: readonly HeatCell[]): (rate: number) => number {
  const rates = cells.flatMap(({ rate }) => (rate === null ? [] : [rate]));
  const [lowest, highest] = [Math.min(...rates), Math.max(...rates)];
  return (rate) => (highest > lowest ? (rate - lowest) / (highest - lowest) : 0.5);
}
