import { noRow, type Reading, type ReadLine } from './formats/format.js';
import { HeaderSearch, type Settle } from './header.js';

/** Reads a row of a table; `line` is what the fields were read from. */
type ReadFields<At> = (line: string, fields: readonly string[], at: At) => Reading;

/** A reader of a file with one header: up to it nothing is a row, and behind it every line is one. */
export function tableReader<At>(settle: Settle<At>, readFields: ReadFields<At>): ReadLine {
  const search = new HeaderSearch(settle);
  const read: ReadLine = (line) => {
    const table = search.found;
    if (table === undefined) return search.take(line);
    const fields = table.header.split(line);
    return Array.isArray(fields) ? readFields(line, fields, table.at) : noRow(fields);
  };
  read.end = () => search.end();
  return read;
}
