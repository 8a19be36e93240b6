import type { DateOrder } from './formats/format.js';
import { WallSeconds } from './wall-seconds.js';

/**
 * Reads date-times as databases and spreadsheets write them, as wall time of a zone: `YYYY-MM-DD HH:MM:SS`, also with
 * a `T` between and with a fraction of the second, which is dropped. Where an order is declared, also `3/11/2026 9:15`
 * in that order: with `/`, `.` or `-` between, four digits of year, seconds or none, am and pm.
 *
 * `3/11/2026` alone says nothing of its order, so without a declared one it is no date; with one, a date that only
 * fits the other order (`11/25/2026` as dmy) is none either. Meanings of wall time are those of WallSeconds.
 */
export class DeclaredDates {
  readonly form: string;
  readonly #iso: WallSeconds;
  readonly #order: DateOrder | undefined;

  constructor(time_zone: string, order: DateOrder | undefined) {
    this.#iso = new WallSeconds(time_zone);
    this.#order = order;
    this.form =
      order === undefined
        ? `${this.#iso.form} (declare date_order=dmy or mdy where it is another)`
        : `${this.#iso.form}, or ${order === 'dmy' ? 'day, month' : 'month, day'} and year`;
  }

  parse(text: string): number | undefined {
    const fast = this.#iso.parse(text);
    if (fast !== undefined) return fast;
    const iso = ISO.exec(text);
    if (iso) return this.#iso.parse(`${iso[1]} ${iso[2]}`);
    return this.#order === undefined ? undefined : this.#inOrder(text, this.#order);
  }

  #inOrder(text: string, order: DateOrder): number | undefined {
    const parts = ORDERED.exec(text);
    if (!parts) return undefined;
    const [, first = '', , second = '', year = '', hour = '', minute = '', seconds = '00', half = ''] = parts;
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    const hour24 = half === '' ? Number(hour) : hourOf(Number(hour), half);
    if (hour24 === undefined) return undefined;
    return this.#iso.parse(`${year}-${two(month)}-${two(day)} ${two(String(hour24))}:${minute}:${seconds}`);
  }
}

const ISO = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?$/;
const ORDERED =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:, ?| +|T)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?: ?([ap])\.?m\.?)?$/i;

/** Twelve o'clock comes first: 12 am is 0, 12 pm is 12. */
function hourOf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}
