import { RequestError } from './errors.js';
import { addSeconds, asUtc_ms, endOfDay, readable, secondsBetween, type WallTime } from './wall-time.js';

/** An inclusive interval of wall time: what one call asks for. */
export interface Window {
  readonly date_ini: WallTime;
  readonly date_end: WallTime;
}

/** The API's limit: a window passes when date_end < date_ini + 31 calendar days. */
export const MAX_WINDOW_DAYS = 31;

/** A century of days: a range beyond it is a typing error, and its windows would not fit in memory for nothing. */
const MAX_WINDOWS = 36_525;

/**
 * Cuts a range into windows that follow each other second by second: none overlaps, none leaves a gap. They end where a
 * day ends, so that a window is the same whichever range it is part of.
 *
 * @param window_days calendar days that a window touches at most, 1 to 31
 * @throws RequestError when there is no such range
 */
export function cutRange(range: Window, window_days: number): Window[] {
  if (!Number.isInteger(window_days) || window_days < 1 || window_days > MAX_WINDOW_DAYS) {
    throw new RequestError(`windowDays is not a whole number from 1 to ${MAX_WINDOW_DAYS}: ${window_days}`);
  }
  if (range.date_ini > range.date_end) {
    throw new RequestError(`from is after to: ${readable(range.date_ini)}, ${readable(range.date_end)}`);
  }
  const windows: Window[] = [];
  let date_ini = range.date_ini;
  while (date_ini <= range.date_end) {
    const whole = endOfDay(date_ini, window_days - 1);
    const date_end = whole < range.date_end ? whole : range.date_end;
    windows.push({ date_ini, date_end });
    if (windows.length > MAX_WINDOWS)
      throw new RequestError(`the range has more than ${MAX_WINDOWS} windows`);
    date_ini = addSeconds(date_end, 1);
  }
  return windows;
}

/** The two halves of a window, or undefined when it is a single second. */
export function halve({ date_ini, date_end }: Window): readonly [Window, Window] | undefined {
  const seconds = secondsBetween(date_ini, date_end);
  if (seconds === 0) return undefined;
  const middle = addSeconds(date_ini, Math.floor(seconds / 2));
  return [
    { date_ini, date_end: middle },
    { date_ini: addSeconds(middle, 1), date_end },
  ];
}

/** `2026-11-01 00:00:00 to 2026-11-30 23:59:59`, for people. */
export function describeWindow({ date_ini, date_end }: { readonly [Edge in keyof Window]: string }): string {
  return `${readable(date_ini)} to ${readable(date_end)}`;
}

const HOUR_MS = 3_600_000;

/**
 * Whether a window is over wherever the operation may be: the last place at which a wall time comes is UTC−12. What was
 * read of it before may lack attempts that came later.
 */
export function isOver(window: Window, now_ms: number): boolean {
  return asUtc_ms(window.date_end) + 1_000 + 12 * HOUR_MS <= now_ms;
}

/** Whether a window has begun anywhere: the first place at which a wall time comes is UTC+14. */
export function hasBegun(window: Window, now_ms: number): boolean {
  return asUtc_ms(window.date_ini) - 14 * HOUR_MS <= now_ms;
}
