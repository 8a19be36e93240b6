import { Temporal } from 'temporal-polyfill';
import { daysFrom } from '../../period/period.js';

/** When a new token ends: never, some days from now, or a day that is named. */
export const EXPIRIES = ['never', '30', '90', '365', 'day'] as const;
export type Expiry = (typeof EXPIRIES)[number];

/** Today by the operation's clock, as 2026-11-29. */
export function todayOf(time_zone: string, now_ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(now_ms)
    .toZonedDateTimeISO(time_zone)
    .toPlainDate()
    .toString();
}

/**
 * The last second of the token, as the API takes it: that of a whole day of the operation, so that nothing stops while people work.
 *
 * @param day as 2026-11-29, where a day is named
 * @returns null: it does not end; undefined: no day was named
 */
export function expiresAt(
  expiry: Expiry,
  day: string,
  time_zone: string,
  now_ms: number,
): string | null | undefined {
  if (expiry === 'never') return null;
  if (expiry === 'day') return day === '' ? undefined : daysFrom(day, day, time_zone).to;
  const last_day = Temporal.PlainDate.from(todayOf(time_zone, now_ms))
    .add({ days: Number(expiry) })
    .toString();
  return daysFrom(last_day, last_day, time_zone).to;
}
