import { Temporal } from 'temporal-polyfill';

/** How long telephones stay aside, as people choose it: days, a day of their own, or until somebody puts them back. */
export const UNTIL_CHOICES = ['30', '90', '180', 'day', 'never'] as const;
export type UntilChoice = (typeof UNTIL_CHOICES)[number];

/** The furthest day that the API takes. */
export const LAST_DAY = '2100-12-31';

/** The first day that can be chosen: tomorrow, by the operation's clock. */
export function firstDay(time_zone: string, now_ms: number): string {
  return zoned(time_zone, now_ms).toPlainDate().add({ days: 1 }).toString();
}

/**
 * When they are due, RFC 3339 with the offset of then; null is never. A day begins when the operation's day begins.
 *
 * @param day as 2026-12-31, where a day was chosen
 * @returns undefined where that is no day that can be chosen
 */
export function untilOf(
  choice: UntilChoice,
  day: string,
  time_zone: string,
  now_ms: number,
): string | null | undefined {
  if (choice === 'never') return null;
  const then =
    choice === 'day' ? begins(day, time_zone) : zoned(time_zone, now_ms).add({ days: Number(choice) });
  if (!then || then.epochMilliseconds <= now_ms || then.toPlainDate().toString() > LAST_DAY) return undefined;
  return then.round('second').toString({ timeZoneName: 'never' });
}

const zoned = (time_zone: string, now_ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(now_ms).toZonedDateTimeISO(time_zone);

function begins(day: string, time_zone: string) {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? Temporal.PlainDate.from(day).toZonedDateTime(time_zone) : undefined;
}
