import type { SqlParams } from './engine.js';

/** A column's type as the engine writes it. @throws RangeError for a column that the table does not have */
export type TypeOfColumn = (column: string) => string;

/**
 * Columns and their types, as a table function takes them.
 *
 * @throws RangeError for a column that the table does not have
 */
export function plainStructure(columns: readonly string[], typeOf: TypeOfColumn): string {
  // Read as plain strings, a block's dictionaries are built from whole columns, not row by row. That saves a third of the reading.
  const plain = (type: string) => type.replace('LowCardinality(String)', 'String');
  return columns.map((column) => `${column} ${plain(typeOf(column))}`).join(', ');
}

type Read = (sql: string, params: SqlParams) => Promise<Buffer>;

/** Types of the tables' columns. The engine is asked once for each table, and again after something may have changed them. */
export class TableColumns {
  readonly #read: Read;
  readonly #tables = new Map<string, Promise<TypeOfColumn>>();

  constructor(read: Read) {
    this.#read = read;
  }

  of(table: string): Promise<TypeOfColumn> {
    const known = this.#tables.get(table);
    if (known) return known;
    const asked = this.#ask(table);
    this.#tables.set(table, asked);
    // After a failure the next caller asks again.
    asked.catch(() => this.#tables.delete(table));
    return asked;
  }

  forget(): void {
    this.#tables.clear();
  }

  async #ask(table: string): Promise<TypeOfColumn> {
    const sql = `SELECT name, type FROM system.columns
      WHERE database = currentDatabase() AND table = {table:String} FORMAT JSONCompactEachRow`;
    const written = await this.#read(sql, { table });
    const lines = written.toString().split('\n').filter(Boolean);
    const types = new Map(lines.map((line): [string, string] => JSON.parse(line)));
    return (column) => {
      const type = types.get(column);
      if (type === undefined) throw new RangeError(`${table} has no column ${column}`);
      return type;
    };
  }
}
