import { isCalendarDate } from '@recuento/contract';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FORM =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:([+-])(\d{2})(\d{2})|GMT|UTC|Z)$/;

/** Seconds since 1970 UTC of `Fri, 18 Oct 2019 17:02:00 +0000` (RFC 2822, 3.3); undefined when the text has another form. */
export function parseRfc2822(text: string): number | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [day, month, year] = [Number(parts[1]), MONTHS.indexOf(parts[2] ?? '') + 1, Number(parts[3])];
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])];
  if (!isCalendarDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset_s = Number(parts[8] ?? 0) * 3_600 + Number(parts[9] ?? 0) * 60;
  return (
    Date.UTC(year, month - 1, day, hour, minute, second) / 1_000 - (parts[7] === '-' ? -1 : 1) * offset_s
  );
}
