import { InvalidReplyError } from './errors.js';
import { compareBytes } from './order.js';
import type { ReportShape } from './reports.js';

/** A row's values in the order of the report's columns. Counts are numbers, everything else is text. */
export type Values = readonly (string | number)[];

/**
 * Reads the rows of a reply and checks every value: a missing column or a count that is not a number must not become a
 * wrong sum. Some servers end a report with a row TOTAL, which is left out.
 *
 * @throws InvalidReplyError
 */
export function readRows(shape: ReportShape, data: readonly unknown[]): Values[] {
  const columns = Object.entries(shape.columns);
  const key = columns.findIndex(([name]) => name === shape.key);
  const rows: Values[] = [];
  for (const row of data) {
    const values = columns.map(([name, kind]) => readValue(shape, row, name, kind));
    if (shape.sum === undefined || !isTotal(values[key])) rows.push(values);
  }
  return rows;
}

function readValue(shape: ReportShape, row: unknown, name: string, kind: 'text' | 'count'): string | number {
  if (typeof row !== 'object' || row === null || !(name in row)) {
    throw new InvalidReplyError(`A row of ${shape.api} has no column ${name}.`);
  }
  const value: unknown = row[name as keyof typeof row];
  const read = kind === 'count' ? countOf(value) : textOf(value);
  if (read === undefined) {
    throw new InvalidReplyError(`A row of ${shape.api} has a ${name} that is no ${kind}: ${shown(value)}`);
  }
  return read;
}

const DIGITS = /^\d+$/;
/** In some reports the vendor writes numbers with commas: 9,336. */
const GROUPED = /^\d{1,3}(,\d{3})+$/;

/** An empty count is 0. */
function countOf(value: unknown): number | undefined {
  if (value === null || value === '') return 0;
  const number =
    typeof value === 'string' && (DIGITS.test(value) || GROUPED.test(value))
      ? Number(value.replaceAll(',', ''))
      : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** A value as text. A whole number beyond 2^53 is refused: as a telephone it would have lost digits. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value))
    ? String(value)
    : undefined;
}

const SHOWN_CHARS = 40;

function shown(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, SHOWN_CHARS);
}

function isTotal(key: string | number | undefined): boolean {
  return typeof key === 'string' && key.trim().toUpperCase() === 'TOTAL';
}

/** The order of a report's rows. It is the same for every server, so the same counts give the same file. */
export function rowOrder(shape: ReportShape): (left: Values, right: Values) => number {
  const key = Object.keys(shape.columns).indexOf(shape.key);
  if (shape.key === 'campaign_id') return (left, right) => byNumber(String(left[key]), String(right[key]));
  if (shape.merging !== 'concatenate')
    return (left, right) => compareBytes(String(left[key]), String(right[key]));
  return (left, right) => compareBytes(String(left[key]), String(right[key])) || byValues(left, right);
}

function byNumber(left: string, right: string): number {
  const both = DIGITS.test(left) && DIGITS.test(right);
  return (both ? Number(left) - Number(right) : 0) || compareBytes(left, right);
}

function byValues(left: Values, right: Values): number {
  for (let at = 0; at < left.length; at += 1) {
    const order = compareBytes(String(left[at]), String(right[at]));
    if (order !== 0) return order;
  }
  return 0;
}

/** The form of a row for hashing and storing: a JSON array of its values and a line end. */
export function canonicalLine(values: Values): string {
  return `${JSON.stringify(values)}\n`;
}

/** Values under the API's names. */
export function asRow(shape: ReportShape, values: Values): Record<string, string | number> {
  return Object.fromEntries(Object.keys(shape.columns).map((name, at) => [name, values[at] ?? '']));
}
