import { Temporal } from 'temporal-polyfill';

/**
 * Wall time of an operation's time zone, and the instants it names.
 *
 * Instants are whole seconds since 1970-01-01T00:00:00Z; wall times are `Temporal.PlainDateTime`.
 */
export type WallTime = Temporal.PlainDateTime;

const VENDOR_DATE = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** Reads `YYYYmmddHHiiss` (seed page, "Request"); undefined when the digits are no date and time of day. */
export function parseVendorDate(digits: string): WallTime | undefined {
  const parts = VENDOR_DATE.exec(digits);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  if (second === 60) return undefined; // Temporal reads a leap second as :59; the page knows none
  try {
    return Temporal.PlainDateTime.from({ year, month, day, hour, minute, second } as WallFields, {
      overflow: 'reject',
    });
  } catch {
    return undefined;
  }
}

type WallFields = Temporal.PlainDateTimeLike & { year: number; month: number; day: number };

/** Whether a clock shows `one` before it shows `other`. */
export function isBefore(one: WallTime, other: WallTime): boolean {
  return Temporal.PlainDateTime.compare(one, other) < 0;
}

/**
 * The first instant at which a clock in `time_zone` shows `wall` or later.
 *
 * A repeated wall time means its first occurrence, a skipped one the instant of the jump. So windows that follow
 * each other second by second never overlap and never leave a gap, across a clock change in either direction.
 */
export function instantOf(wall: WallTime, time_zone: string): number {
  const earlier = wall.toZonedDateTime(time_zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wall)) return seconds(earlier);
  // Skipped: 'earlier' lands before the jump by the length of the gap, so the next transition is the jump.
  const jump = earlier.getTimeZoneTransition('next');
  return seconds(jump ?? earlier);
}

/** What a clock shows when a day begins. @param day as `dayAt` names it */
export function startOf(day: string): WallTime {
  return Temporal.PlainDate.from(day).toPlainDateTime();
}

/** A day of a zone, as found for an instant in it that was asked for. */
interface Day {
  readonly day: string;
  readonly midnight_ms: number;
  /** From when to when this is known: a clock that goes back may show the day before again. */
  readonly from_ms: number;
  readonly until_ms: number;
}

/**
 * The day found last for each time zone; there are some 600. To find a day costs as much as to count a call, and each call needs
 * it.
 */
const last_asked = new Map<string, Day>();

/** The calendar day that a clock in `time_zone` shows at `now_ms`, and the seconds until its next midnight. */
export function dayAt(now_ms: number, time_zone: string): { day: string; seconds_left: number } {
  const known = last_asked.get(time_zone);
  const is_known = known !== undefined && known.from_ms <= now_ms && now_ms < known.until_ms;
  const { day, midnight_ms } = is_known ? known : findDay(now_ms, time_zone);
  return { day, seconds_left: Math.max(1, Math.ceil((midnight_ms - now_ms) / 1_000)) };
}

function findDay(now_ms: number, time_zone: string): Day {
  const now = Temporal.Instant.fromEpochMilliseconds(now_ms).toZonedDateTimeISO(time_zone);
  const midnight = now.toPlainDate().add({ days: 1 }).toPlainDateTime();
  const midnight_ms = instantOf(midnight, time_zone) * 1_000;
  const change_ms = now.getTimeZoneTransition('next')?.epochMilliseconds ?? midnight_ms;
  const until_ms = Math.min(midnight_ms, change_ms);
  const found = { day: now.toPlainDate().toString(), midnight_ms, from_ms: now_ms, until_ms };
  last_asked.set(time_zone, found);
  return found;
}

function seconds(time: Temporal.ZonedDateTime): number {
  return Math.floor(time.epochMilliseconds / 1_000);
}

/** What a clock in `time_zone` is ahead of UTC at an instant, in seconds. @param instant_s seconds since 1970 UTC */
export function offsetAt(instant_s: number, time_zone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant_s * 1_000).toZonedDateTimeISO(time_zone);
  return Math.round(zoned.offsetNanoseconds / 1e9);
}
