import { looksLikeDateTime } from '../fields/dates.js';
import { isNothing } from '../fields/nothing.js';
import { skipped } from '../reading/reading.js';
import type { NoRow } from '../rows/rows.js';
import { noRow } from '../rows/rows.js';
import { SpanningRecords } from '../rows/spanning.js';
import type { FileHead } from './format.js';

/** The columns, from 0, of a call's start, answer and end. */
export type DateColumns = readonly [start: number, answer: number, end: number];

/**
 * Whether a row has its dates in these columns: a start, and an answer and an end that are dates or empty. The columns
 * around them hold no dates, so this fits only one place.
 */
export function datesOf(fields: readonly string[], [start, answer, end]: DateColumns): boolean {
  return (
    looksLikeDateTime(fields[start] ?? '') &&
    isDateTimeOrNone(fields[answer] ?? '') &&
    isDateTimeOrNone(fields[end] ?? '') &&
    !looksLikeDateTime(fields[start - 1] ?? '')
  );
}

/** Records that are examined: enough to show what a file is. */
const LINES_MAX = 100;

/**
 * Recognises files without a header: most records of the beginning must be rows with dates in the columns `datesAt`.
 * Returns the evidence, in the words of the import's record.
 */
export function recogniseRows(
  head: FileHead,
  split: (line: string) => string[] | NoRow,
  datesAt: (fields: readonly string[]) => DateColumns | undefined,
): string | undefined {
  const seen = new Map<string, number>();
  let records = 0;
  let rows = 0;
  let fields: string[] | NoRow = [];
  const read = (text: string) => {
    fields = split(text);
    return Array.isArray(fields) ? ROW : noRow(fields);
  };
  const spanning = new SpanningRecords(read, (_, __, reading) => {
    records += 1;
    const dates = reading === ROW && Array.isArray(fields) ? datesAt(fields) : undefined;
    if (dates === undefined || !Array.isArray(fields)) return;
    const what = `${fields.length} columns, dates in columns ${dates[0] + 1} to ${dates[2] + 1}`;
    seen.set(what, (seen.get(what) ?? 0) + 1);
    rows += 1;
  });
  for (const line of head.lines.slice(0, LINES_MAX)) spanning.take(records, line);
  spanning.finish();
  const [most] = [...seen].sort((x, y) => y[1] - x[1]);
  return most && rows * 2 > records ? most[0] : undefined;
}

const ROW = skipped('header');

function isDateTimeOrNone(text: string): boolean {
  return text === '' || looksLikeDateTime(text) || isNothing(text);
}
