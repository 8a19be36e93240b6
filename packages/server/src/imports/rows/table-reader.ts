import type { Reading, ReadLine } from '../reading/reading.js';
import type { Columns } from './columns.js';
import { HEADER, HeaderSearch, type Settle, type Table } from './header.js';
import type { Only } from './only.js';
import { FILTERED, RowFilter } from './row-filter.js';
import { noRow } from './rows.js';

/** Reads a row of a table; `line` is the text that the fields were read from. */
type ReadFields<At> = (line: string, fields: readonly string[], at: At) => Reading;

/**
 * A reader for a file with a header. Nothing before the header is a row; after it every line is one, except a repeated
 * header. Rows that `only` leaves out are not read.
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
      filter = filterOf(search.found?.header, only);
      return reading;
    }
    const reading = readRow(line, table);
    // A header never reads as an attempt, so most lines need not be checked for one.
    if (reading.kind === 'leg' || !search.again(line)) return reading;
    filter = filterOf(search.found?.header, only);
    return HEADER;
  };
  const readRow = (line: string, { header, at }: Table<At>): Reading => {
    const fields = header.split(line);
    if (!Array.isArray(fields)) return noRow(fields);
    return filter?.passes(fields) === false ? FILTERED : readFields(line, fields, at);
  };
  read.end = () => search.end();
  return read;
}

/** @throws WrongFile */
export function filterOf(header: Columns | undefined, only: Only | undefined): RowFilter | undefined {
  if (header === undefined) return undefined;
  const filter = RowFilter.of(only, header);
  if (filter) header.use(filter.columns);
  return filter;
}
