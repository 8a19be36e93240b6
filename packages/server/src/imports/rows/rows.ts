import { looksLikeDateTime } from '../fields/dates.js';
import type { Rejected } from '../reading/reading.js';
import { NOT_CLOSED, parseCsvLine } from './csv-line.js';
import type { Delimiter } from './delimiter.js';
import { onlyReading } from './quotes.js';

/** A line that is no row as it stands. `is_open`: a quote is open at its end, so that the next lines may belong to it. */
export interface NoRow {
  readonly fault: string;
  readonly is_open: boolean;
}

/** How many fields a row has. */
export interface RowShape {
  readonly delimiter: Delimiter;
  /** What is wrong with so many fields, or undefined where a row may have as many. */
  fault(fields: number): string | undefined;
  /** How many a line with broken quotes may come to: one of them has to fit, and no other. */
  readonly counts: readonly number[];
  /** Whether the fields of such a line are where they belong, beyond their number. */
  isRow?(fields: readonly string[]): boolean;
  /** Columns of which something is read; absent is any. */
  readonly used?: ReadonlySet<number> | undefined;
}

/**
 * The fields of a line, or of several that a quoted field holds together. Read as CSV has it; else, where quotes are not
 * doubled, as the one reading that fits the columns (`onlyReading`). Work is linear in the line.
 */
export function readRow(line: string, shape: RowShape): string[] | NoRow {
  const row = rowOf(line, shape);
  return Array.isArray(row) && isTwoRows(line, shape) ? { fault: TWO_ROWS, is_open: false } : row;
}

const TWO_ROWS = 'a quote is not closed: the line in which one closes is a row by itself';

/**
 * Whether lines are two rows that lost a quote each, in the same column, rather than one record: the first and the last have
 * as many columns as a row and a date-time among them, and together they would have the telephone of the one and the result of
 * the other. Of a record with a note one of them has the rest of the columns, and none has all.
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

/** The fields of a line whose quotes are not as CSV has them, where they can be known. */
export function soleReading(line: string, shape: RowShape): string[] | undefined {
  const [first, second] = shape.counts
    .map((count) => onlyReading(line, shape.delimiter, count, shape.used))
    .filter((fields) => fields !== undefined && (shape.isRow?.(fields) ?? true));
  return second === undefined ? first : undefined;
}

/**
 * The fields of one line, or, as a string, what is wrong with it. Commas, semicolons and pipes: strictly as
 * `parseCsvLine`. Tabs: what writes them (MySQL's client, Vicidial) mostly knows no quotes, so `"Ana" <1000>` is a
 * field like any other; but a field that begins with a quote which never closes is a fault here too, as it may have
 * swallowed tabs.
 */
export function splitDelimited(line: string, delimiter: Delimiter): string[] | string {
  if (delimiter !== '\t') return parseCsvLine(line, delimiter);
  if (!line.includes('"')) return line.split('\t');
  const strict = parseCsvLine(line, delimiter);
  if (typeof strict !== 'string') return strict;
  const fields = line.split('\t');
  return fields.every(isQuoteless) ? fields : strict;
}

/** Whether a field between tabs can be taken as it is: it has no quote, or each one that opens it closes in it. */
function isQuoteless(field: string): boolean {
  return !field.startsWith('"') || !hasOddQuotes(field);
}

/** A quote that opens in a line and does not close in it leaves an odd number of them there. */
export function hasOddQuotes(text: string): boolean {
  let is_odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) is_odd = !is_odd;
  return is_odd;
}

/** A line that is no row of its file. */
export function noRow({ fault, is_open }: NoRow): Rejected {
  return { kind: 'rejected', reason: fault, row: is_open ? 'open' : 'none' };
}
