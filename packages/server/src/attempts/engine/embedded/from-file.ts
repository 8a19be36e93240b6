import type { EngineSettings } from '../engine.js';
import { FILE_SETTINGS, INSERT_SETTINGS, PARTITIONS_SETTINGS } from '../settings.js';
import { type Partitions, within } from '../slices.js';
import { plainStructure, type TypeOfColumn } from '../table-columns.js';

/** All of a path that `file()` takes for nothing but a path: no patterns (`*?{}`), no archives (`::`), no quotes. */
const PLAIN_PATH = /^\/[\w ./,=@+~-]*$/;

/** Whether the engine finds a file by its path, whatever else it reads paths for. */
export function isPlainPath(path: string): boolean {
  return PLAIN_PATH.test(path);
}

/** Rows in a file of this machine, as a table of the engine's. */
export interface RowsInFile {
  readonly columns: readonly string[];
  /** `isPlainPath` */
  readonly path: string;
  readonly typeOf: TypeOfColumn;
}

/**
 * An insert whose rows the engine reads from a file. It tells its settings itself: a session keeps what it is told by `SET`,
 * and this one's is for reads and inserts alike.
 *
 * @param only rows of these partitions
 * @throws RangeError for a column that the table has not
 */
export function insertFromFile(table: string, rows: RowsInFile, only?: Partitions): string {
  const names = rows.columns.join(', ');
  const where = only ? `WHERE ${within(only)}` : '';
  return `INSERT INTO ${table} (${names}) SETTINGS ${INSERTS}
    SELECT ${names} FROM ${tableOf(rows)} ${where}`;
}

/** The partitions that rows lie in, in their order, one a line. It tells its settings itself, as an insert does. */
export function partitionsInFile(rows: RowsInFile, partition: string): string {
  return `SELECT DISTINCT ${partition} AS partition FROM ${tableOf(rows)} ORDER BY partition
    SETTINGS ${PARTITIONS} FORMAT TSV`;
}

const INSERTS = told({ ...INSERT_SETTINGS, ...FILE_SETTINGS });
const PARTITIONS = told({ ...FILE_SETTINGS, ...PARTITIONS_SETTINGS });

function told(settings: EngineSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

function tableOf({ columns, path, typeOf }: RowsInFile): string {
  const structure = plainStructure(columns, typeOf);
  return `file('${path}', 'RowBinary', $structure$${structure}$structure$, 'none')`;
}
