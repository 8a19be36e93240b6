import { parseCsvLine } from '../csv-line.js';
import { looksLikeDateTime } from '../dates.js';
import { isNothing } from '../nothing.js';
import type { FileHead } from './format.js';

/** Columns, from 0, of a call's start, answer and end. */
export type DateColumns = readonly [start: number, answer: number, end: number];

/**
 * Whether a row has its dates there: a start, and an answer and an end that are dates or never came. The columns
 * around them hold no dates, so it is true of one place only.
 */
export function datesOf(fields: readonly string[], [start, answer, end]: DateColumns): boolean {
  return (
    looksLikeDateTime(fields[start] ?? '') &&
    isDateTimeOrNone(fields[answer] ?? '') &&
    isDateTimeOrNone(fields[end] ?? '') &&
    !looksLikeDateTime(fields[start - 1] ?? '')
  );
}

/**
 * For files without a header: most of the beginning's lines are rows with dates where `datesAt` says. Returns what is
 * seen, in the words of the import's record.
 */
export function recogniseRows(
  head: FileHead,
  datesAt: (fields: readonly string[]) => DateColumns | undefined,
  split: (line: string) => readonly string[] | unknown = parseCsvLine,
): string | undefined {
  const seen = new Map<string, number>();
  for (const line of head.lines) {
    const fields = split(line);
    const dates = Array.isArray(fields) ? datesAt(fields) : undefined;
    if (!Array.isArray(fields) || dates === undefined) continue;
    const what = `${fields.length} columns, dates in columns ${dates[0] + 1} to ${dates[2] + 1}`;
    seen.set(what, (seen.get(what) ?? 0) + 1);
  }
  const [most] = [...seen].sort((a, b) => b[1] - a[1]);
  const rows = [...seen.values()].reduce((sum, lines) => sum + lines, 0);
  return most && rows * 2 > head.lines.length ? most[0] : undefined;
}

function isDateTimeOrNone(text: string): boolean {
  return text === '' || looksLikeDateTime(text) || isNothing(text);
}
