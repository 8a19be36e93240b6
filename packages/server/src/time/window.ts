import { RecuentoError, VENDOR_DATE_FORM } from '@recuento/contract';
import { dayAt, instantOf, isBefore, parseVendorDate, startOf, type WallTime } from './wall-clock.js';

/** Instants from `from_s` up to, not including, `until_s`; both in seconds since 1970 UTC. */
export interface Window {
  readonly from_s: number;
  readonly until_s: number;
}

/**
 * The window of `date_ini` and `date_end`, both inclusive, in the operation's wall time.
 *
 * It passes when `date_end` < `date_ini` + `max_days` calendar days of wall time: a whole 31-day month passes, also
 * across a clock change, and one second more does not.
 *
 * @throws RecuentoError bad-parameter, window-reversed, window-too-long
 */
export function parseWindow(date_ini: string, date_end: string, time_zone: string, max_days: number): Window {
  const first = vendorDate('date_ini', date_ini);
  const last = vendorDate('date_end', date_end);
  if (isBefore(last, first)) throw new RecuentoError('window-reversed');
  if (!isBefore(last, first.add({ days: max_days }))) {
    throw new RecuentoError('window-too-long', {
      values: { limit_days: max_days, asked: spanOf(first, last) },
    });
  }
  return {
    from_s: instantOf(first, time_zone),
    until_s: instantOf(last.add({ seconds: 1 }), time_zone),
  };
}

/** Seconds of a day of UTC. */
const DAY_S = 86_400;

/**
 * The window from the second `from_s` to the second `to_s`, both inclusive.
 *
 * @param from_s seconds since 1970 UTC, not after `to_s`
 * @throws RecuentoError window-too-long, when it has more seconds than `max_days` days of 24 hours
 */
export function windowOf(from_s: number, to_s: number, max_days: number): Window {
  const until_s = to_s + 1;
  const asked_s = until_s - from_s;
  if (asked_s > max_days * DAY_S) {
    const [days, rest_s] = [Math.floor(asked_s / DAY_S), asked_s % DAY_S];
    throw new RecuentoError('window-too-long', {
      values: { limit_days: max_days, asked: spanText(days, rest_s) },
    });
  }
  return { from_s, until_s };
}

/** The day that a clock in `time_zone` shows at `now_ms`, from its midnight to the next one. */
export function today(now_ms: number, time_zone: string): Window {
  const midnight = startOf(dayAt(now_ms, time_zone).day);
  return {
    from_s: instantOf(midnight, time_zone),
    until_s: instantOf(midnight.add({ days: 1 }), time_zone),
  };
}

function vendorDate(parameter: string, digits: string): WallTime {
  const wall = parseVendorDate(digits);
  if (!wall) throw new RecuentoError('bad-parameter', { values: { parameter, form: VENDOR_DATE_FORM } });
  return wall;
}

/** "31 DAYS AND 1 SECOND": what was asked, both ends included. */
function spanOf(first: WallTime, last: WallTime): string {
  const span = last.add({ seconds: 1 }).since(first, { largestUnit: 'days' });
  const rest_s = span.hours * 3_600 + span.minutes * 60 + span.seconds;
  return spanText(span.days, rest_s);
}

/** In words, without units that are zero: "40 DAYS", "31 DAYS, 2 HOURS AND 1 SECOND". */
function spanText(days: number, rest_s: number): string {
  const parts = [
    [days, 'DAY'],
    [Math.floor(rest_s / 3_600), 'HOUR'],
    [Math.floor((rest_s % 3_600) / 60), 'MINUTE'],
    [rest_s % 60, 'SECOND'],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 'S'}`);
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} AND ${last}`;
}
