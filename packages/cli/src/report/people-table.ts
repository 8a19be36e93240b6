import { table } from '../table.js';

/** A row of `/v1/machine-codes`. */
export type MachineCodesRow = Readonly<Record<string, string | number>>;

/** Shorter names for columns whose names are too long for a terminal. */
const SHORT: Readonly<Record<string, string>> = { total_machine_recognitions: 'total' };

/** Spaces between columns. */
const GAP_CHARS = 2;

/**
 * A table for people. Numbers are right-aligned, and the table has as many columns, from the left, as fit the terminal.
 *
 * @param width_chars the most characters of a line
 */
export function peopleTable(rows: readonly MachineCodesRow[], width_chars: number): string {
  const columns = Object.keys(rows[0] ?? {}).map((name) => columnOf(name, rows));
  let used = -GAP_CHARS;
  const fitting = columns.filter(({ width }, at) => {
    used += width + GAP_CHARS;
    return at === 0 || used <= width_chars;
  });
  return table(
    fitting.map(({ heading }) => heading),
    rows.map((_row, at) => fitting.map(({ cells }) => cells[at] ?? '')),
  );
}

interface Column {
  readonly heading: string;
  readonly cells: readonly string[];
  readonly width: number;
}

function columnOf(name: string, rows: readonly MachineCodesRow[]): Column {
  const heading = SHORT[name] ?? name;
  const values = rows.map((row) => row[name] ?? '');
  const width = Math.max(heading.length, ...values.map((value) => String(value).length));
  const atRight = values.some((value) => typeof value === 'number');
  const align = (text: string) => (atRight ? text.padStart(width) : text);
  return { heading: align(heading), cells: values.map((value) => align(String(value))), width };
}
