import { type Partitions, within } from '../slices.js';

/** Name of the table that has the rows sent along with a statement. */
export const HANDED_TABLE = 'handed';

/** An insert of all rows that are sent along. */
export function insertAll(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) FORMAT RowBinary`;
}

/** An insert of the sent rows that lie in these partitions. @param structure the columns and their types */
export function insertOnly(
  table: string,
  columns: readonly string[],
  structure: string,
  only: Partitions,
): string {
  const names = columns.join(', ');
  return `INSERT INTO ${table} (${names}) SELECT ${names} FROM input($structure$${structure}$structure$)
    WHERE ${within(only)} FORMAT RowBinary`;
}

/** Selects the partitions of the sent rows, in their order, one a line. */
export function partitionsHanded(partition: string): string {
  return `SELECT DISTINCT ${partition} AS partition FROM ${HANDED_TABLE} ORDER BY partition FORMAT TSV`;
}
