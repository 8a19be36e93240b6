import {
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
} from 'kysely';
import type { Pool } from 'pg';
import { asAccountsError } from './failures.js';
import { LentConnection } from './lent-connection.js';
import { MigrationAdapter } from './migration-adapter.js';

/**
 * Kysely's PostgreSQL, for a server that may be busy, full, frozen or gone: its failures are `AccountsUnavailable`, each within
 * the bounds of `bounds.ts`, and a connection on which something failed badly is not used again.
 */
export class BoundedPostgresDialect implements Dialect {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  createDriver(): Driver {
    return new PoolDriver(this.#pool);
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new MigrationAdapter();
  }

  createIntrospector<Schema>(db: Kysely<Schema>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}

class PoolDriver implements Driver {
  readonly #pool: Pool;
  /** By what was given out. */
  readonly #lent = new WeakMap<DatabaseConnection, LentConnection>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    try {
      const connection = new LentConnection(await this.#pool.connect());
      this.#lent.set(connection, connection);
      return connection;
    } catch (error) {
      throw asAccountsError(error);
    }
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#lent.get(connection)?.begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#lent.get(connection)?.commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#lent.get(connection)?.rollback();
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#lent.get(connection)?.giveBack();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}
