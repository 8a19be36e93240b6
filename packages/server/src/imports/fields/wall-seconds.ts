import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../time/wall-clock.js';

/**
 * Wall hours whose offset is remembered: more than five years, about 10 MB at most. When there are more, the cache starts
 * anew.
 */
const HOURS_MAX = 50_000;

/** The start of a span of wall time, when there is no clock change in it. */
type Span = { readonly from_s: number } | 'clock changes' | 'no such time';

/**
 * Reads `YYYY-MM-DD HH:MM:SS` as wall time of a zone, fast: the offset is computed once for each hour.
 *
 * Returns seconds since 1970 UTC; undefined when the text is not a date and time that exist. A repeated wall time means
 * its first occurrence, a skipped one the instant of the jump, as everywhere (`instantOf`).
 */
export class WallSeconds {
  readonly form = 'YYYY-MM-DD HH:MM:SS';
  readonly #time_zone: string;
  readonly #hours = new Map<string, Span>();
  #last_hour = '';
  #last_span: Span = 'no such time';

  constructor(time_zone: string) {
    this.#time_zone = time_zone;
  }

  parse(text: string): number | undefined {
    if (text.length !== 19 || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON)
      return undefined;
    const minute = twoDigits(text, 14);
    const second = twoDigits(text, 17);
    if (minute > 59 || second > 59) return undefined;
    const span = this.#hourOf(text);
    if (span === 'no such time') return undefined;
    if (span === 'clock changes') return this.#slowly(text);
    return span.from_s + minute * 60 + second;
  }

  #hourOf(text: string): Span {
    if (this.#last_hour !== '' && text.startsWith(this.#last_hour)) return this.#last_span;
    const hour = text.slice(0, 13);
    let span = this.#hours.get(hour);
    if (span === undefined) {
      span = this.#workOut(hour);
      if (this.#hours.size >= HOURS_MAX) this.#hours.clear();
      this.#hours.set(hour, span);
    }
    this.#last_hour = hour;
    this.#last_span = span;
    return span;
  }

  #workOut(hour: string): Span {
    if (!/^\d{4}-\d{2}-\d{2} \d{2}$/.test(hour)) return 'no such time';
    const from_s = this.#slowly(`${hour}:00:00`);
    const last_s = this.#slowly(`${hour}:59:59`);
    if (from_s === undefined || last_s === undefined) return 'no such time';
    // A skipped span makes the hour shorter, a repeated one makes it longer.
    return last_s - from_s === 3_599 ? { from_s } : 'clock changes';
  }

  #slowly(text: string): number | undefined {
    try {
      return instantOf(Temporal.PlainDateTime.from(text.replace(' ', 'T')), this.#time_zone);
    } catch {
      return undefined; // no such day or hour
    }
  }
}

const COLON = 0x3a;

/** 100 when they are not digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}
