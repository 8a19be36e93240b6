import { RequestError } from './errors.js';

/**
 * A wall time of the operation, as `YYYYmmddHHiiss`, the form of the API. Such times compare as strings. Only the server
 * knows which instant a wall time is: it has the time zone, and separates seconds without overlap or gap.
 */
export type WallTime = string & { readonly wallTime: unique symbol };

const DAY_MS = 86_400_000;
const FORM = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?)?$/;

/**
 * Reads `2026-11-01`, `2026-11-01T08:00`, `2026-11-01 08:00:00` or `20261101080000`. A date alone means its first second as
 * the beginning of a range, and its last second as the end, so that both days belong to the range.
 *
 * @throws RequestError when the text is not such a time, or the day does not exist
 */
export function parseWallTime(text: string, edge: 'from' | 'to'): WallTime {
  const found = FORM.exec(text);
  if (!found) throw notATime(text, edge);
  const [, year = '', month = '', day = ''] = found;
  const rest = found[4] === undefined ? EDGES[edge] : [found[4], found[5] ?? '', found[6] ?? '00'];
  const digits = [year, month, day, ...rest].join('');
  if (write(Date.UTC(...fields(digits))) !== digits) throw notATime(text, edge);
  return digits as WallTime;
}

const EDGES = { from: ['00', '00', '00'], to: ['23', '59', '59'] } as const;

/** The milliseconds since 1970 at which a clock in UTC shows this wall time. Only for arithmetic. */
export function asUtc_ms(time: WallTime): number {
  return Date.UTC(...fields(time));
}

export function addSeconds(time: WallTime, seconds: number): WallTime {
  return write(asUtc_ms(time) + 1_000 * seconds);
}

/** The last second of the day that is `days` calendar days after the day of `time`. */
export function endOfDay(time: WallTime, days: number): WallTime {
  const midnight_ms = Math.floor(asUtc_ms(time) / DAY_MS) * DAY_MS;
  return write(midnight_ms + (days + 1) * DAY_MS - 1_000);
}

/** The whole seconds from one time to another. */
export function secondsBetween(from: WallTime, to: WallTime): number {
  return (asUtc_ms(to) - asUtc_ms(from)) / 1_000;
}

/** `2026-11-01 08:00:00`, for people. */
export function readable(time: string): string {
  return time.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6');
}

function fields(digits: string): [number, number, number, number, number, number] {
  const at = (start: number) => Number(digits.slice(start, start + 2));
  return [Number(digits.slice(0, 4)), at(4) - 1, at(6), at(8), at(10), at(12)];
}

function write(utc_ms: number): WallTime {
  return new Date(utc_ms)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '') as WallTime;
}

function notATime(text: string, edge: string): RequestError {
  return new RequestError(`${edge} is not a date such as 2026-11-01 or 2026-11-01T08:00:00: ${text}`);
}
