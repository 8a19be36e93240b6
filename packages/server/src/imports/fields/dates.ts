import { isCalendarDate, parseInstant } from '@recuento/contract';
import { WallSeconds } from './wall-seconds.js';

/** The order of year, month and day where a file does not write YYYY-MM-DD. */
export type DateOrder = 'dmy' | 'mdy';

/**
 * Reads date-times as dialers, databases, scripts and spreadsheets write them. All delimited formats use this reader.
 *
 * - The year first, four digits: `2026-11-03 09:15:00`, with `-`, `/`, `.` or nothing in between, with or without seconds.
 * - The month as a word, English or Spanish: `Tue, 03 Nov 2026 09:15:00 -0500`, `3-nov-2026 9:15`, `Nov 3, 2026 9:15 AM`.
 * - Where an order is declared, also `3/11/2026 9:15` and `03/11/26 09:15` in that order, and `3-nov-26 9:15`. The text
 *   itself does not show its order, so without a declared one it is not a date. A date that fits only the other order
 *   (`11/25/2026` as dmy) is not a date either.
 * - Seconds, milliseconds or microseconds since 1970.
 *
 * After each there may be a fraction, which is dropped, am or pm, an offset (`-05`, `-0500`, `-05:00`, `Z`, `UTC`), and
 * after that the zone's name in brackets. Without an offset it is wall time of the zone, as WallSeconds reads it. A day
 * without a time is not a date-time.
 */
export class Dates {
  readonly form: string;
  readonly #wall: WallSeconds;
  readonly #order: DateOrder | undefined;

  constructor(time_zone: string, order?: DateOrder | undefined) {
    this.#wall = new WallSeconds(time_zone);
    this.#order = order;
    this.form =
      order === undefined
        ? `${this.#wall.form} (declare date_order=dmy or mdy where the day or the month is first)`
        : `${this.#wall.form}, or ${order === 'dmy' ? 'day, month' : 'month, day'} and year`;
  }

  /** Seconds since 1970 UTC; undefined when the text is not a date-time, or names a time that does not exist. */
  parse(text: string): number | undefined {
    return this.#wall.parse(text) ?? this.#parseOther(text);
  }

  #parseOther(written: string): number | undefined {
    if (written.length > LONGEST || written.length < SHORTEST) return undefined;
    const instant = parseInstant(written);
    if (instant !== undefined) return instant;
    const text = written.trim().replace(/\s+/g, ' ').replace(ZONE_NAME, '$1');
    const epoch = epochOf(text);
    if (epoch !== undefined) return epoch;
    const parts = partsOf(text, this.#order);
    return parts && this.#instantOf(parts);
  }

  #instantOf({ year, month, day, hour, minute, second, half, offset }: Parts): number | undefined {
    const hour24 = half === '' ? Number(hour) : hourOf(Number(hour), half);
    if (hour24 === undefined) return undefined;
    if (offset === '') {
      return this.#wall.parse(
        `${year}-${two(month)}-${two(day)} ${two(String(hour24))}:${minute}:${two(second)}`,
      );
    }
    const offset_s = offsetOf(offset);
    const fits = hour24 < 24 && Number(minute) < 60 && Number(second) < 60;
    if (!fits || offset_s === undefined || !isCalendarDate(Number(year), Number(month), Number(day))) {
      return undefined;
    }
    const [y, m, d] = [Number(year), Number(month) - 1, Number(day)];
    return Date.UTC(y, m, d, hour24, Number(minute), Number(second)) / 1_000 - offset_s;
  }
}

/** Whether a text looks like a date-time, in any order. It may still name a day that does not exist: only `Dates` checks that. */
export function looksLikeDateTime(text: string): boolean {
  const first = text.charCodeAt(0);
  if (!(first >= 0x30 && first <= 0x39) || text.length > LONGEST || text.length < SHORTEST) return false;
  if (text.length === 19 && PLAIN.test(text)) return true;
  const bare = text.trim().replace(/\s+/g, ' ');
  return YEAR_FIRST.test(bare) || ORDERED.test(bare) || DAY_FIRST.test(bare);
}

/** The digits of a date-time, as they are written; '' for a missing part. */
interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  readonly half: string;
  readonly offset: string;
}

/** `Wed Nov 04 2026 09:15:00 GMT+0100 (Central European Standard Time)`, and some spare blanks. */
const LONGEST = 80;
/** `2/3/26 9:17` */
const SHORTEST = 9;

const TIME =
  '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,]\\d{1,9})?)?(?: ?(?<half>[ap])\\.? ?m\\.?)?';
const OFFSET = '(?: ?(?<offset>Z|UTC|GMT|(?:UTC|GMT)?[+-]\\d{2}(?::?\\d{2})?))?';
/**
 * The zone's name, which JavaScript, Java and mails write after an offset that already says everything: `GMT-0500 (hora
 * estándar de Colombia)`.
 */
const ZONE_NAME = /([+-]\d{2}:?\d{2}|Z) ?(?:\([^()]*\)|\[[^[\]]*\])$/;
const GAP = '(?:, ?| |T)';
const PLAIN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const YEAR_FIRST = new RegExp(
  `^(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})${GAP}${TIME}${OFFSET}$`,
  'i',
);
const RUN = new RegExp(
  `^(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})[T ]?(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})?(?:\\.\\d{1,9})?${OFFSET}$`,
  'i',
);
const RUN_AND_TIME = new RegExp(`^(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})[T ]${TIME}${OFFSET}$`, 'i');
const ORDERED = new RegExp(
  `^(?<first>\\d{1,2})(?<mark>[-/.])(?<then>\\d{1,2})\\k<mark>(?<year>\\d{4}|\\d{2})${GAP}${TIME}${OFFSET}$`,
  'i',
);
const WORD = '(?<word>[a-z]{3,10})\\.?';
const DAY_FIRST = new RegExp(
  `^(?:[a-záéíóú]{2,10}\\.?,? )?(?<day>\\d{1,2})(?: (?:de )?|[-/.])${WORD}(?: (?:de )?|[-/.])(?<year>\\d{4}|\\d{2})${GAP}${TIME}${OFFSET}$`,
  'i',
);
const MONTH_FIRST = new RegExp(
  `^(?:[a-z]{3,9},? )?${WORD} (?<day>\\d{1,2}),? (?<year>\\d{4})${GAP}${TIME}${OFFSET}$`,
  'i',
);

function partsOf(text: string, order: DateOrder | undefined): Parts | undefined {
  const certain = (YEAR_FIRST.exec(text) ?? RUN.exec(text) ?? RUN_AND_TIME.exec(text))?.groups;
  if (certain) return withDefaults(certain);
  const worded = (DAY_FIRST.exec(text) ?? MONTH_FIRST.exec(text))?.groups;
  if (worded) {
    const { word = '', year = '' } = worded;
    const month = monthNamed(word);
    // Either declared order has the year last; without one `3-nov-26` may be in 2003.
    if (month === undefined || (year.length === 2 && order === undefined)) return undefined;
    return withDefaults({ ...worded, month, year: fullYear(year) });
  }
  const ordered = order === undefined ? undefined : ORDERED.exec(text)?.groups;
  if (!ordered) return undefined;
  const { first, then, year = '' } = ordered;
  const [day, month] = order === 'dmy' ? [first, then] : [then, first];
  return withDefaults({ ...ordered, day, month, year: fullYear(year) });
}

/** Two digits mean this century: no dialer's file is older. */
function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}

function withDefaults(groups: Readonly<Record<string, string | undefined>>): Parts {
  const { year = '', month = '', day = '', hour = '', minute = '' } = groups;
  const { second = '00', half = '', offset = '' } = groups;
  return { year, month, day, hour, minute, second, half, offset };
}

/** English and Spanish. Abbreviations of three letters or more count too. */
const MONTHS: readonly (readonly string[])[] = [
  ...[
    ['january', 'enero'],
    ['february', 'febrero'],
    ['march', 'marzo'],
    ['april', 'abril'],
  ],
  ...[
    ['may', 'mayo'],
    ['june', 'junio'],
    ['july', 'julio'],
    ['august', 'agosto'],
  ],
  ...[
    ['september', 'septiembre', 'setiembre'],
    ['october', 'octubre'],
  ],
  ...[
    ['november', 'noviembre'],
    ['december', 'diciembre'],
  ],
];

/** Compares the whole word: `martes` is not a month. */
function monthNamed(word: string): string | undefined {
  const folded = word.toLowerCase();
  const index = MONTHS.findIndex((names) => names.some((name) => name.startsWith(folded)));
  return index < 0 ? undefined : String(index + 1);
}

/** Seconds since 1970 have had ten digits since 2001; three or six more digits are milli- or microseconds. */
const EPOCH = /^([12]\d{9})(?:[.,]\d+|\d{3}|\d{6})?$/;
/** The last second of a signed 32-bit counter, in 2038. A greater number is a telephone: 3001234567 would be in 2065. */
const EPOCH_MAX_S = 2 ** 31 - 1;

function epochOf(text: string): number | undefined {
  const seconds = Number(EPOCH.exec(text)?.[1] ?? Number.NaN);
  return seconds <= EPOCH_MAX_S ? seconds : undefined;
}

/** Seconds east of UTC; undefined when no zone has such an offset. */
function offsetOf(text: string): number | undefined {
  const digits = text.replace(/^(?:UTC|GMT|Z)/i, '');
  if (digits === '') return 0;
  const hours = Number(digits.slice(1, 3));
  const minutes = Number(digits.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return undefined;
  return (digits.startsWith('-') ? -1 : 1) * (hours * 3_600 + minutes * 60);
}

/** Twelve o'clock comes first: 12 am is 0, 12 pm is 12. */
function hourOf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}
