/** RFC 3339 date-times with an offset: `2026-11-03T09:15:00-05:00`, `2026-11-03T14:15:00Z`. */
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Seconds since 1970-01-01T00:00:00Z, or undefined when the text is not an RFC 3339 date-time with an offset.
 * A fraction of a second is cut off: an attempt's identity has whole seconds. Leap seconds (":60") are refused,
 * as the engine's clock has none.
 */
export function parseInstant(text: string): number | undefined {
  if (!RFC_3339.test(text)) return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  if (!isCalendarDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset_s = offsetAtEnd(text);
  if (offset_s === undefined) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1_000 - offset_s;
}

/** The offset in seconds: `Z`, or `±hh:mm` in the last six characters. undefined: no such offset exists. */
function offsetAtEnd(text: string): number | undefined {
  const { length } = text;
  if (text.endsWith('Z') || text.endsWith('z')) return 0;
  const [offset_h, offset_min] = [digits(text, length - 5, length - 3), digits(text, length - 2, length)];
  if (offset_h > 23 || offset_min > 59) return undefined;
  return (text[length - 6] === '-' ? -1 : 1) * (offset_h * 3_600 + offset_min * 60);
}

/** The number in these digits, read without a substring: a file has millions of instants, and substrings would dominate. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 10 + text.charCodeAt(at) - ZERO;
  return number;
}

const ZERO = '0'.charCodeAt(0);

/** Whether the proleptic Gregorian calendar has this day; years before 1000 are never meant. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  if (year < 1000 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0));
}
