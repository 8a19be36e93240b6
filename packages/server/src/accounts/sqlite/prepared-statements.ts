import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** The service has some 60. */
const STATEMENTS_MAX = 256;

/**
 * Longest statement that is kept; the service's own have 483 characters at most. An INSERT of many rows is longer, and its text
 * differs by the number of rows. It is not kept, as SQLite holds in memory the values that a statement was last run with.
 */
const KEPT_MAX_CHARS = 512;

/**
 * A database that keeps the statements it prepared: to prepare one takes twice as long as to run it (20 and 10 µs, and ten times
 * as much while others use the processors). A statement that failed is prepared anew: SQLite may count it as under way, and
 * commits nothing until it is forgotten.
 *
 * Only one statement of the same text may be under way: this is for a connection that runs each statement to its end before the
 * next.
 */
export class PreparedStatements implements SqliteDatabase {
  readonly #database: SqliteDatabase;
  /** The least recently used first. */
  readonly #kept = new Map<string, SqliteStatement>();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  prepare(sql: string): SqliteStatement {
    if (sql.length > KEPT_MAX_CHARS) return this.#database.prepare(sql);
    const statement = this.#kept.get(sql) ?? this.#watched(sql);
    this.#kept.delete(sql);
    this.#kept.set(sql, statement);
    const [unused] = this.#kept.keys();
    if (this.#kept.size > STATEMENTS_MAX && unused !== undefined) this.#kept.delete(unused);
    return statement;
  }

  close(): void {
    this.#kept.clear();
    this.#database.close();
  }

  #watched(sql: string): SqliteStatement {
    const statement = this.#database.prepare(sql);
    const forgetIfItFails = <T>(run: () => T): T => {
      try {
        return run();
      } catch (error) {
        this.#kept.delete(sql);
        throw error;
      }
    };
    return {
      reader: statement.reader,
      all: (parameters) => forgetIfItFails(() => statement.all(parameters)),
      run: (parameters) => forgetIfItFails(() => statement.run(parameters)),
      // A statement of its own, as it is under way until it is read to its end.
      iterate: (parameters) => this.#database.prepare(sql).iterate(parameters),
    };
  }
}
