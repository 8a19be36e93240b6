import { ReportsError } from '@recuento/client';
import { parseWallTime } from '@recuento/client/parts';
import { instantOf, parseVendorDate } from '@recuento/server';
import { UsageError } from '../usage-error.js';

/** The range from `--from` to `--to` in the operation's time zone, both ends inclusive, in the form of `/v1`. */
export interface ReportWindow {
  readonly from: string;
  readonly to: string;
}

/**
 * A date alone means its whole day. A wall time that a clock change repeats or skips means the same as in the documented
 * API, so the same dates give the same numbers there.
 *
 * @throws UsageError when a date is not valid
 */
export function reportWindow(from: string, to: string, time_zone: string): ReportWindow {
  const last = wallTime(to, 'to').add({ seconds: 1 });
  return {
    from: asInstant(instantOf(wallTime(from, 'from'), time_zone)),
    to: asInstant(instantOf(last, time_zone) - 1),
  };
}

function wallTime(text: string, edge: 'from' | 'to') {
  const wall = parseVendorDate(asDigits(text, edge));
  if (wall) return wall;
  throw new UsageError(`--${edge} is no date: ${text}`);
}

function asDigits(text: string, edge: 'from' | 'to'): string {
  try {
    return parseWallTime(text, edge);
  } catch (error) {
    throw error instanceof ReportsError ? new UsageError(`--${error.message}`) : error;
  }
}

function asInstant(seconds: number): string {
  return new Date(1_000 * seconds).toISOString().replace('.000Z', 'Z');
}
