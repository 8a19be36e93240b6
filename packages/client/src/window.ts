import { RequestError } from './errors.js';
import { addSeconds, asUtc_ms, endOfDay, readable, secondsBetween, type WallTime } from './wall-time.js';

/** An inclusive interval of wall time: what one call asks for. */
export interface Window {
  readonly date_ini: WallTime;
  readonly date_end: WallTime;
}

/** The API's limit: a window passes when date_end < date_ini + 31 calendar days. */
export const MAX_WINDOW_DAYS = 31;

/** A century of days. A longer range is a typing error, and its windows would fill memory. */
const MAX_WINDOWS = 36_525;

/**
 * Cuts a range into windows that follow each other second by second, without overlap or gap. Each window except the last
 * ends at the end of a day, so ranges that begin on the same day have the same windows in between.
 *
 * @param window_days the most calendar days of a window, 1 to 31
 * @throws RequestError when the range or `window_days` is not valid
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
 * Whether a window is over, wherever the operation is: a wall time comes last at UTC−12. A window that was read before it
 * was over may lack later attempts.
 */
export function isOver(window: Window, now_ms: number): boolean {
  return asUtc_ms(window.date_end) + 1_000 + 12 * HOUR_MS <= now_ms;
}

/** Whether a window has begun anywhere: a wall time comes first at UTC+14. */
export function hasBegun(window: Window, now_ms: number): boolean {
  return asUtc_ms(window.date_ini) - 14 * HOUR_MS <= now_ms;
}
