import { FILE_SETTINGS, INSERT_SETTINGS } from '../settings.js';
import type { TypeOfColumn } from '../table-columns.js';

/** All of a path that `file()` takes for nothing but a path: no patterns (`*?{}`), no archives (`::`), no quotes. */
const PLAIN_PATH = /^\/[\w ./,=@+~-]*$/;

/** Whether the engine finds a file by its path, whatever else it reads paths for. Others are handed over as bytes. */
export function isPlainPath(path: string): boolean {
  return PLAIN_PATH.test(path);
}

/**
 * An insert whose rows the engine reads from a file of this machine. It tells its settings itself: a session keeps what it is
 * told by `SET`, and this one's is for reads and inserts alike.
 *
 * @param path `isPlainPath`
 * @throws RangeError for a column that the table has not
 */
export function insertFromFile(
  table: string,
  columns: readonly string[],
  path: string,
  typeOf: TypeOfColumn,
): string {
  // Read as plain texts, a block's dictionaries are made of whole columns and not row by row: a third of the reading.
  const plain = (type: string) => type.replace('LowCardinality(String)', 'String');
  const structure = columns.map((column) => `${column} ${plain(typeOf(column))}`).join(', ');
  const settings = Object.entries({ ...INSERT_SETTINGS, ...FILE_SETTINGS })
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
  const names = columns.join(', ');
  return `INSERT INTO ${table} (${names}) SETTINGS ${settings}
    SELECT ${names} FROM file('${path}', 'TabSeparated', $structure$${structure}$structure$, 'none')`;
}
