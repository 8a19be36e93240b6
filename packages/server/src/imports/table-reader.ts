import type { Columns } from './columns.js';
import { noRow, type Reading, type ReadLine } from './formats/format.js';
import { HeaderSearch, type Settle } from './header.js';
import type { Only } from './only.js';
import { FILTERED, RowFilter } from './row-filter.js';

/** Reads a row of a table; `line` is what the fields were read from. */
type ReadFields<At> = (line: string, fields: readonly string[], at: At) => Reading;

/**
 * A reader of a file with one header: up to it nothing is a row, and behind it every line is one. Rows that `only` leaves out are
 * not read.
 */
export function tableReader<At>(
  settle: Settle<At>,
  readFields: ReadFields<At>,
  only: Only | undefined,
): ReadLine {
  const search = new HeaderSearch(settle);
  let filter: RowFilter | undefined;
  const read: ReadLine = (line) => {
    const table = search.found;
    if (table === undefined) {
      const reading = search.take(line);
      if (search.found) filter = filterOf(search.found.header, only);
      return reading;
    }
    const fields = table.header.split(line);
    if (!Array.isArray(fields)) return noRow(fields);
    return filter?.passes(fields) === false ? FILTERED : readFields(line, fields, table.at);
  };
  read.end = () => search.end();
  return read;
}

/** @throws WrongFile */
export function filterOf(header: Columns, only: Only | undefined): RowFilter | undefined {
  const filter = RowFilter.of(only, header);
  if (filter) header.use(filter.columns);
  return filter;
}
