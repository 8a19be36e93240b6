import { Temporal } from 'temporal-polyfill';

/** How many days ago a rule may be applied. A backtest looks at a year at most; what was known half a year ago is known no more. */
export const BACK_DAYS = [7, 14, 30, 60, 90, 180] as const;
export const DEFAULT_BACK_DAYS = 14;

interface Back {
  /** The day, as 2026-11-15. */
  readonly day: string;
  /** Its first second, RFC 3339 with the offset of then. */
  readonly as_of: string;
  /** The last second of the present day: the same all day long, so that what was computed is not computed again. */
  readonly until: string;
}

/** The moment so many whole days ago, by the operation's clock. */
export function backFrom(days: number, time_zone: string, now_ms: number): Back {
  const today = Temporal.Instant.fromEpochMilliseconds(now_ms).toZonedDateTimeISO(time_zone).toPlainDate();
  const day = today.subtract({ days });
  const as_of = day.toZonedDateTime(time_zone);
  const until = today.add({ days: 1 }).toZonedDateTime(time_zone).subtract({ seconds: 1 });
  return {
    day: day.toString(),
    as_of: as_of.toString({ timeZoneName: 'never' }),
    until: until.toString({ timeZoneName: 'never' }),
  };
}
