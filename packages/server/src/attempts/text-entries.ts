import type { Engine } from './engine/engine.js';
import { DamagedEntry } from './journal.js';
import { ATTEMPT_COLUMNS } from './row-layout.js';

/**
 * Whether an earlier version wrote this entry of the journal, as lines of tab separated values with the same columns and checksum.
 * A start stores the ones that a kill left.
 */
export function isTextEntry(entry: string): boolean {
  return entry.endsWith('.told');
}

/** The beginning of every row: delivery, import, rank and operation. */
const ROW_START = /^\d{16}\t\d{1,10}\t\d{1,16}\t(\d{1,10})\t\d{1,10}\t/;
const START_BYTES = 96;

/** @throws DamagedEntry when the first line is no row */
export function operationOfText(rows: Buffer): number {
  const operation_id = ROW_START.exec(rows.toString('latin1', 0, START_BYTES))?.[1];
  if (operation_id === undefined) throw new DamagedEntry('its first row is none');
  return Number(operation_id);
}

export async function insertText(
  engine: Engine,
  table: string,
  rows: Buffer,
  fair_key: string,
): Promise<void> {
  for (const some of byYear(rows, ATTEMPT_COLUMNS.indexOf('dialed_at')))
    await engine.insert({ table, columns: ATTEMPT_COLUMNS, rows: some, fair_key });
}

/**
 * Groups lines by the year in which they were dialed: one insert cannot fill all months of a century.
 *
 * @param column index of the column with the time, in seconds since 1970 UTC
 */
export function byYear(rows: Buffer, column: number): Buffer[] {
  const years = new Map<number, string[]>();
  for (const line of rows.toString().split('\n').slice(0, -1)) {
    const year = new Date(Number(line.split('\t')[column]) * 1_000).getUTCFullYear();
    const known = years.get(year);
    if (known) known.push(`${line}\n`);
    else years.set(year, [`${line}\n`]);
  }
  return [...years.values()].map((lines) => Buffer.from(lines.join('')));
}
