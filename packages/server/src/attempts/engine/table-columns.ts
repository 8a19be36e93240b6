import type { Engine } from './engine.js';

/** A column's type as the engine writes it. @throws RangeError for a column that the table has not */
export type TypeOfColumn = (column: string) => string;

const READ_MAX_MS = 60_000;

/** Types of the tables' columns, as the engine has them: asked once, until something may have changed them. */
export class TableColumns {
  readonly #engine: Pick<Engine, 'read'>;
  readonly #tables = new Map<string, Promise<TypeOfColumn>>();

  constructor(engine: Pick<Engine, 'read'>) {
    this.#engine = engine;
  }

  of(table: string): Promise<TypeOfColumn> {
    const known = this.#tables.get(table);
    if (known) return known;
    const asked = this.#ask(table);
    this.#tables.set(table, asked);
    // What could not be read is asked again.
    asked.catch(() => this.#tables.delete(table));
    return asked;
  }

  forget(): void {
    this.#tables.clear();
  }

  async #ask(table: string): Promise<TypeOfColumn> {
    const written = await this.#engine.read({
      sql: `SELECT name, type FROM system.columns
        WHERE database = currentDatabase() AND table = {table:String} FORMAT JSONCompactEachRow`,
      params: { table },
      fair_key: 'schema',
      max_ms: READ_MAX_MS,
    });
    const lines = written.toString().split('\n').filter(Boolean);
    const types = new Map(lines.map((line): [string, string] => JSON.parse(line)));
    return (column) => {
      const type = types.get(column);
      if (type === undefined) throw new RangeError(`${table} has no column ${column}`);
      return type;
    };
  }
}
