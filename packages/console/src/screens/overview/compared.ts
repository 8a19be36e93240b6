import { type Period, periodBefore } from '../../period/period.js';
import { type Counts, dayOf, summed, type TrendRow } from './counts.js';

const HOUR_MS = 3_600_000;

/**
 * What a period is compared with: the one before it, and no more of that than has passed of this one. At noon, today is compared with
 * yesterday's morning.
 *
 * @param epoch_hour the hour that has begun, in hours since 1970
 * @returns the first and the last second, RFC 3339
 */
export function periodUntil(
  period: Period,
  time_zone: string,
  epoch_hour: number,
): { readonly from: string; readonly to: string } {
  const { from, to } = periodBefore(period, time_zone);
  const passed_ms = epoch_hour * HOUR_MS - Date.parse(period.from);
  const until_ms = Date.parse(from) + passed_ms - 1_000;
  // In the first hour of a period nothing is compared yet (`comparable`); the whole of the one before is asked for then.
  if (passed_ms <= 0 || until_ms >= Date.parse(to)) return { from, to };
  return { from, to: new Date(until_ms).toISOString().replace('.000Z', 'Z') };
}

/** The rows of the hours that are over: what is compared with as much of the period before. */
export function ofFullHours(rows: readonly TrendRow[], epoch_hour: number): TrendRow[] {
  return rows.filter(({ interval_start }) => Date.parse(interval_start) < epoch_hour * HOUR_MS);
}

/**
 * The counts of the period before, if there were any worth comparing with: where it was dialed on fewer than half as many days, as before the
 * first import, a difference says nothing of how the operation goes.
 */
export function comparable(now: readonly TrendRow[], before: readonly TrendRow[]): Counts | 'nothing' {
  const days = (rows: readonly TrendRow[]) => new Set(rows.map(dayOf)).size;
  return now.length > 0 && days(before) * 2 >= days(now) ? summed(before) : 'nothing';
}
