import { looksLikeDateTime } from '../fields/dates.js';
import type { Rejected } from '../reading/reading.js';
import { NOT_CLOSED, parseCsvLine } from './csv-line.js';
import type { Delimiter } from './delimiter.js';
import { onlyReading } from './quotes.js';

/** A line that is not a row by itself. `is_open`: a quote is open at its end, so the next lines may belong to it. */
export interface NoRow {
  readonly fault: string;
  readonly is_open: boolean;
}

/** Which numbers of fields a row may have. */
export interface RowShape {
  readonly delimiter: Delimiter;
  /** The fault of a row with so many fields; undefined where a row may have that number. */
  fault(fields: number): string | undefined;
  /** The possible numbers of fields of a line with broken quotes: exactly one of them must fit. */
  readonly counts: readonly number[];
  /** Whether the fields of such a line are in their places, besides having the right number. */
  isRow?(fields: readonly string[]): boolean;
  /** Columns that are read; absent: all. */
  readonly used?: ReadonlySet<number> | undefined;
}

/**
 * The fields of a line, or of several lines that a quoted field joins. They are read as CSV; where quotes are not
 * doubled, as the only reading that fits the columns (`onlyReading`). The work is linear in the line's length.
 */
export function readRow(line: string, shape: RowShape): string[] | NoRow {
  const row = rowOf(line, shape);
  return Array.isArray(row) && isTwoRows(line, shape) ? { fault: TWO_ROWS, is_open: false } : row;
}

const TWO_ROWS = 'a quote is not closed: the line in which one closes is a row by itself';

/**
 * Whether the lines are not one record but two rows, each of which lost a quote in the same column. Then the first and
 * the last line have the full number of columns and a date-time, and together they would give the telephone of one row
 * the result of the other. In a record with a note over several lines, no line has all columns.
 */
function isTwoRows(text: string, shape: RowShape): boolean {
  const first_end = text.indexOf('\n');
  if (first_end < 0) return false;
  return [text.slice(0, first_end), text.slice(text.lastIndexOf('\n') + 1)].every((line) => {
    const fields = line.split(shape.delimiter);
    return shape.counts.includes(fields.length) && fields.some(isDate);
  });
}

const isDate = (field: string) => looksLikeDateTime(field.replaceAll('"', ''));

function rowOf(line: string, shape: RowShape): string[] | NoRow {
  const fields = splitDelimited(line, shape.delimiter);
  if (typeof fields !== 'string') {
    const fault = shape.fault(fields.length);
    if (fault === undefined) return fields;
    // Tabs inside quotes that are not doubled were taken for delimiters.
    const is_pasted = shape.delimiter === '\t' && typeof parseCsvLine(line, '\t') === 'string';
    return (is_pasted ? soleReading(line, shape) : undefined) ?? { fault, is_open: false };
  }
  if (fields === NOT_CLOSED) return { fault: fields, is_open: true };
  return soleReading(line, shape) ?? { fault: fields, is_open: hasOddQuotes(line) };
}

/** The fields of a line whose quotes are not those of CSV, where there is only one way to read them. */
export function soleReading(line: string, shape: RowShape): string[] | undefined {
  const [first, second] = shape.counts
    .map((count) => onlyReading(line, shape.delimiter, count, shape.used))
    .filter((fields) => fields !== undefined && (shape.isRow?.(fields) ?? true));
  return second === undefined ? first : undefined;
}

/**
 * The fields of one line; or, as a string, its fault. Commas, semicolons and pipes: strictly as `parseCsvLine`. Tabs: the
 * programs that write them (MySQL's client, Vicidial) mostly do not quote, so `"Ana" <1000>` is an ordinary field. But a
 * field that begins with a quote and never closes it is a fault here too, because it may have swallowed tabs.
 */
export function splitDelimited(line: string, delimiter: Delimiter): string[] | string {
  if (delimiter !== '\t') return parseCsvLine(line, delimiter);
  if (!line.includes('"')) return line.split('\t');
  const strict = parseCsvLine(line, delimiter);
  if (typeof strict !== 'string') return strict;
  const fields = line.split('\t');
  return fields.every(isQuoteless) ? fields : strict;
}

/** Whether a field between tabs can be taken unchanged: it has no quote, or every quote that opens also closes in it. */
function isQuoteless(field: string): boolean {
  return !field.startsWith('"') || !hasOddQuotes(field);
}

/** A quote that opens in a line and does not close in it leaves the line with an odd number of quotes. */
export function hasOddQuotes(text: string): boolean {
  let is_odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) is_odd = !is_odd;
  return is_odd;
}

/** The rejection of a line that is not a row of its file. */
export function noRow({ fault, is_open }: NoRow): Rejected {
  return { kind: 'rejected', reason: fault, row: is_open ? 'open' : 'none' };
}
