import { InvalidReplyError } from './errors.js';
import { compareBytes } from './order.js';
import type { ReportShape } from './reports.js';

/** A row's values in the order of the report's columns. Counts are numbers, everything else is text. */
export type Values = readonly (string | number)[];

/**
 * Rows of a reply, checked value by value: a column that is missing or a count that is none must not become a wrong sum.
 * The TOTAL row with which some servers end a report is left out.
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
/** The vendor writes figures of some reports with commas: 9,336. */
const GROUPED = /^\d{1,3}(,\d{3})+$/;

/** An absent sum is a sum of nothing. */
function countOf(value: unknown): number | undefined {
  if (value === null || value === '') return 0;
  const number =
    typeof value === 'string' && (DIGITS.test(value) || GROUPED.test(value))
      ? Number(value.replaceAll(',', ''))
      : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** A telephone that came as a number beyond 2^53 has lost digits already. */
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

/** How rows of a report are ordered, whoever sent them: so the same counts are the same file. */
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

/** A row as it is hashed and kept: a JSON array of its values and a line end. */
export function canonicalLine(values: Values): string {
  return `${JSON.stringify(values)}\n`;
}

/** Values under the API's names. */
export function asRow(shape: ReportShape, values: Values): Record<string, string | number> {
  return Object.fromEntries(Object.keys(shape.columns).map((name, at) => [name, values[at] ?? '']));
}
