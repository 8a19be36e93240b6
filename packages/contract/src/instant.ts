/** RFC 3339 date-times with an offset: `2026-11-03T09:15:00-05:00`, `2026-11-03T14:15:00Z`. */
const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Seconds since 1970-01-01T00:00:00Z, or undefined when the text is not an RFC 3339 date-time with an offset.
 * A fraction of a second is cut off: an attempt's identity has whole seconds. Leap seconds (":60") are refused,
 * as the engine's clock has none.
 */
export function parseInstant(text: string): number | undefined {
  const parts = RFC_3339.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])];
  if (!isCalendarDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  const [offset_h, offset_min] = [Number(parts[8] ?? 0), Number(parts[9] ?? 0)];
  if (offset_h > 23 || offset_min > 59) return undefined;
  const offset_s = (parts[7] === '-' ? -1 : 1) * (offset_h * 3_600 + offset_min * 60);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1_000 - offset_s;
}

/** Whether the proleptic Gregorian calendar has this day; years before 1000 are never meant. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  if (year < 1000 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0));
}
