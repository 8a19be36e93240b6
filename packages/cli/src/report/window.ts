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
 * @param flags the names under which they were given
 * @throws UsageError when a date is not valid
 */
export function reportWindow(
  from: string,
  to: string,
  time_zone: string,
  flags: Readonly<Record<'from' | 'to', string>> = { from: 'from', to: 'to' },
): ReportWindow {
  const last = wallTime(to, 'to', flags.to).add({ seconds: 1 });
  return {
    from: asInstant(instantOf(wallTime(from, 'from', flags.from), time_zone)),
    to: asInstant(instantOf(last, time_zone) - 1),
  };
}

function wallTime(text: string, edge: 'from' | 'to', flag: string) {
  const wall = parseVendorDate(asDigits(text, edge, flag));
  if (wall) return wall;
  throw new UsageError(`--${flag} is no date: ${text}`);
}

function asDigits(text: string, edge: 'from' | 'to', flag: string): string {
  try {
    return parseWallTime(text, edge);
  } catch (error) {
    if (!(error instanceof ReportsError)) throw error;
    throw new UsageError(`--${error.message.replace(edge, flag)}`);
  }
}

function asInstant(seconds: number): string {
  return new Date(1_000 * seconds).toISOString().replace('.000Z', 'Z');
}
