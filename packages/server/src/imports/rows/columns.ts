import { foldSpelling } from '@recuento/contract';
import { withoutNothing } from '../fields/nothing.js';
import { NOT_CLOSED } from './csv-line.js';
import { DELIMITERS, type Delimiter } from './delimiter.js';
import { type NoRow, type RowShape, readRow, splitDelimited } from './rows.js';

/** Splits a line by its file's `Columns`. */
export type SplitRow = (line: string) => string[] | NoRow;

/** The columns of a file whose first line names them. */
export interface Columns {
  readonly delimiter: Delimiter;
  /** As the header spells them. */
  readonly names: readonly string[];
  /**
   * The index, from 0, of the column with one of these names: of the first name that the header has, and of its first
   * column where the header repeats it. -1 when none is there. Names are compared folded: `Start Time` is `start_time`.
   * To be called once per file, not once per line.
   */
  at(...aliases: readonly string[]): number;
  /** All columns with that name: some exports repeat a name. */
  all(name: string): readonly number[];
  /** The fields of a line, as many as there are columns, with missing values as ''; or why it is not a row. */
  readonly split: SplitRow;
  /** Adds columns that are read. As long as it was never called, all columns count as read. */
  use(columns: Iterable<number>): void;
}

/**
 * Parses a header line, with the delimiter that a spreadsheet declared for it (`sep=;`), or else the one that gives the
 * most columns. Returns its fault, as a string, where it is not a header: a header has at least two columns.
 */
export function readColumns(line: string, declared?: Delimiter): Columns | string {
  let best: { delimiter: Delimiter; names: string[] } | undefined;
  let fault = 'it has a single column';
  for (const delimiter of declared === undefined ? DELIMITERS : [declared]) {
    const names = splitDelimited(line, delimiter);
    if (typeof names === 'string') {
      if (line.includes(delimiter) || names === NOT_CLOSED) fault = names;
    } else if (names.length > (best?.names.length ?? 1)) {
      best = { delimiter, names };
    }
  }
  return best === undefined ? fault : columnsOf(best.delimiter, best.names);
}

function columnsOf(delimiter: Delimiter, names: readonly string[]): Columns {
  const indices = new Map<string, number[]>();
  names.forEach((name, index) => {
    const folded = foldSpelling(name.trim());
    const known = indices.get(folded);
    if (known) known.push(index);
    else indices.set(folded, [index]);
  });
  let shape: RowShape = {
    delimiter,
    counts: [names.length],
    fault: (fields) =>
      fields === names.length ? undefined : `it has ${fields} fields and the header has ${names.length}`,
  };
  const all = (name: string) => indices.get(foldSpelling(name)) ?? [];
  return {
    delimiter,
    names,
    all,
    at: (...aliases) => aliases.flatMap(all)[0] ?? -1,
    split: (line) => {
      const fields = readRow(line, shape);
      if (Array.isArray(fields)) withoutNothing(fields);
      return fields;
    },
    use: (columns) => {
      shape = { ...shape, used: new Set([...(shape.used ?? []), ...columns]) };
    },
  };
}
