import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
  SqliteDialect,
} from 'kysely';
import { AccountsUnavailable } from '../unavailable.js';
import { asAccountsError } from './failures.js';

/**
 * How long a statement waits for a file that another process holds, its wait for its turn included. Longer than a backup
 * or a look with a tool holds it, and short enough to tell the caller.
 */
const PATIENCE_MS = 1_000;
/** Between two tries. The loop goes on meanwhile: SQLite's own wait (`busy_timeout`) would hold it. */
const TRY_AGAIN_MS = 25;

/** What the dialect needs of a database beside what Kysely does. */
export interface Lockable extends SqliteDatabase {
  readonly inTransaction: boolean;
}

/**
 * Kysely's SQLite, for a file that other processes may hold, on a disk that may be full: what waits for the file waits
 * beside the event loop, and failures of the file are `AccountsUnavailable`.
 */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #database: Lockable;

  constructor(database: Lockable) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new PatientDriver(super.createDriver(), this.#database);
  }
}

class PatientDriver implements Driver {
  readonly #inner: Driver;
  readonly #database: Lockable;

  constructor(inner: Driver, database: Lockable) {
    this.#inner = inner;
    this.#database = database;
  }

  init(): Promise<void> {
    return this.#inner.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const until_ms = performance.now() + PATIENCE_MS;
    return new PatientConnection(await this.#inner.acquireConnection(), until_ms);
  }

  /** All of ours write, so the lock is taken first: later, a statement in their middle could be refused it. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.rollbackTransaction(connection); // one that a failing disk left open
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** SQLite itself rolls back where the disk is full; saying so again would hide why. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(connection);
  }

  destroy(): Promise<void> {
    return this.#inner.destroy();
  }
}

class PatientConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #until_ms: number;

  constructor(inner: DatabaseConnection, until_ms: number) {
    this.#inner = inner;
    this.#until_ms = until_ms;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (;;) {
      try {
        return await this.#inner.executeQuery<R>(query);
      } catch (thrown) {
        const error = asAccountsError(thrown);
        const may_pass = error instanceof AccountsUnavailable && error.why === 'busy';
        if (!may_pass || performance.now() >= this.#until_ms) throw error;
        await sleep(TRY_AGAIN_MS);
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, chunk_size?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery(query, chunk_size);
  }
}
