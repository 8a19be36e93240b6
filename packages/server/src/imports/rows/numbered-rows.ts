import { type Reading, type ReadLine, skipped, WrongFile } from '../reading/reading.js';
import { readColumns, type SplitRow } from './columns.js';
import { NOT_CLOSED } from './csv-line.js';
import type { Delimiter } from './delimiter.js';
import { declaredDelimiter } from './header.js';
import type { Only } from './only.js';
import { columnsCalled, FILTERED, RowFilter } from './row-filter.js';
import { noRow } from './rows.js';

const HEADER = skipped('header');

/**
 * A reader for a file without a header, whose columns are known by number (indices from 0). The first line shows how many
 * there are and which delimiter separates them. If none of the fields of `tell` has a digit in it, that line is a header.
 */
export function numberedReader<Field extends string>(
  columns: ReadonlyMap<Field, number>,
  tell: readonly Field[],
  readFields: (line: string, fields: readonly string[]) => Reading,
  only: Only | undefined,
): ReadLine {
  let declared: Delimiter | undefined;
  let split: SplitRow | undefined;
  let filter: RowFilter | undefined;
  let header: string | undefined;
  return (line) => {
    if (split === undefined) {
      if (declared === undefined) {
        declared = declaredDelimiter(line);
        if (declared !== undefined) return HEADER;
      }
      const first = readColumns(line, declared);
      if (first === NOT_CLOSED) return noRow({ fault: first, is_open: true });
      if (typeof first === 'string') throw new WrongFile(`its first line is no row: ${first}`);
      const last = Math.max(...columns.values()) + 1;
      if (last > first.names.length) {
        throw new WrongFile(`map names column ${last}, and its first line has ${first.names.length}`);
      }
      first.use(columns.values());
      const is_header = !tell.some((field) => /\d/.test(first.names[columns.get(field) ?? -1] ?? ''));
      filter = RowFilter.of(only, is_header ? first : columnsCalled(namesOf(columns, first.names.length)));
      if (filter) first.use(filter.columns);
      split = first.split;
      if (is_header) {
        header = line;
        return HEADER;
      }
    }
    // A repeated header in concatenated files. Columns by number are the same in all of them.
    if (line === header) return HEADER;
    const fields = split(line);
    if (!Array.isArray(fields)) return noRow(fields);
    return filter?.passes(fields) === false ? FILTERED : readFields(line, fields);
  };
}

/** The fields' names as column names, where nothing else is known of the columns. */
function namesOf(columns: ReadonlyMap<string, number>, count: number): string[] {
  const names = Array.from({ length: count }, () => '');
  for (const [field, index] of columns) names[index] = field;
  return names;
}
