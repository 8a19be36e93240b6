import type { ColumnKind, TableColumn } from '@recuento/contract';
import type { EngineSettings, SqlParams } from '../../attempts/engine/engine.js';
import { readNumber } from '../page.js';
import type { ReportRequest } from '../report.js';
import { asRows, type Rows, rowsOf } from '../rows.js';
import { laneOf } from '../where.js';

/** A table of `/v1`, as the statement that makes it. */
export interface Table {
  readonly columns: readonly TableColumn[];
  /**
   * A SELECT with a value `v_{name}` for each column: String, UInt32, DateTime or the enumeration of machine codes, as its
   * kind is. It has no order yet.
   */
  readonly rows: string;
  /** A total order by those values. */
  readonly order: string;
  /** An instant as text, by the SQL of its value. */
  readonly instantText: (value: string) => string;
  readonly params: SqlParams;
  readonly settings: EngineSettings;
}

/** The value of a column in `Table.rows`, named so that it is never taken for a column of the attempts. */
export function valueNamed(name: string): string {
  return `v_${name}`;
}

/** The table's statement without a FORMAT clause; `cell` is the SQL of a column. */
export function selectOf(table: Table, cell: (table: Table, column: TableColumn) => string): string {
  const cells = table.columns.map((column) => `${cell(table, column)} AS ${column.name}`).join(', ');
  return `SELECT ${cells} FROM (${table.rows}) ORDER BY ${table.order}`;
}

/** Whether a column has instants, or nothing. */
export function isInstant(kind: ColumnKind): boolean {
  return kind === 'instant' || kind === 'instant_or_null';
}

/** A cell as JSON has it: a number, or text. */
export function plainCell({ instantText }: Table, { name, kind }: TableColumn): string {
  const value = valueNamed(name);
  if (isInstant(kind)) return instantText(value);
  return kind === 'machine_code' ? `toString(${value})` : value;
}

/** The first rows of a table as JSON objects, `max_rows` at most. One engine query. */
export async function readTable(asked: ReportRequest, table: Table, max_rows: number): Promise<Rows> {
  const { engine, selection, budget } = asked;
  const written = await engine.read({
    sql: `${selectOf(table, plainCell)} LIMIT {limit:UInt32} FORMAT Template`,
    params: { ...table.params, limit: max_rows },
    settings: { ...table.settings, ...asRows(table.columns) },
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  return rowsOf(written);
}

/** Whether a table has more rows than `max_rows`; it counts no further than one beyond them. */
export async function hasMoreThan(asked: ReportRequest, table: Table, max_rows: number): Promise<boolean> {
  const { rows, params, settings } = table;
  const counted = await readNumber(asked, {
    sql: `SELECT count() FROM (SELECT 1 FROM (${rows}) LIMIT {limit:UInt32})`,
    params: { ...params, limit: max_rows + 1 },
    settings,
  });
  return counted > max_rows;
}
