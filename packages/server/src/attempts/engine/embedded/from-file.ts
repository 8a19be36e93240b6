import type { EngineSettings } from '../engine.js';
import { FILE_SETTINGS, INSERT_SETTINGS, PARTITIONS_SETTINGS } from '../settings.js';
import { type Partitions, within } from '../slices.js';
import { plainStructure, type TypeOfColumn } from '../table-columns.js';

/** A path in which `file()` sees nothing special: no patterns (`*?{}`), no archives (`::`), no quotes. */
const PLAIN_PATH = /^\/[\w ./,=@+~-]*$/;

/** Whether the engine finds a file by this path. */
export function isPlainPath(path: string): boolean {
  return PLAIN_PATH.test(path);
}

/** A file of this machine with rows, which the engine reads as a table. */
export interface RowsInFile {
  readonly columns: readonly string[];
  /** `isPlainPath` */
  readonly path: string;
  readonly typeOf: TypeOfColumn;
}

/**
 * An insert whose rows the engine reads from a file. Its settings are part of the statement: a session would keep settings of a `SET`,
 * and it runs reads too.
 *
 * @param only rows of these partitions
 * @throws RangeError for a column that the table does not have
 */
export function insertFromFile(table: string, rows: RowsInFile, only?: Partitions): string {
  const names = rows.columns.join(', ');
  const where = only ? `WHERE ${within(only)}` : '';
  return `INSERT INTO ${table} (${names}) SETTINGS ${INSERTS}
    SELECT ${names} FROM ${tableOf(rows)} ${where}`;
}

/** Selects the partitions of the rows, in their order, one a line. Its settings are part of the statement, as in an insert. */
export function partitionsInFile(rows: RowsInFile, partition: string): string {
  return `SELECT DISTINCT ${partition} AS partition FROM ${tableOf(rows)} ORDER BY partition
    SETTINGS ${PARTITIONS} FORMAT TSV`;
}

const INSERTS = settingsList({ ...INSERT_SETTINGS, ...FILE_SETTINGS });
const PARTITIONS = settingsList({ ...FILE_SETTINGS, ...PARTITIONS_SETTINGS });

function settingsList(settings: EngineSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

function tableOf({ columns, path, typeOf }: RowsInFile): string {
  const structure = plainStructure(columns, typeOf);
  return `file('${path}', 'RowBinary', $structure$${structure}$structure$, 'none')`;
}
