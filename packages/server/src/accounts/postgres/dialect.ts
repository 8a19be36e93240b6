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
import { FairPool } from '../../admission/fair-pool.js';
import { askerKey } from '../asker.js';
import { AccountsUnavailable } from '../unavailable.js';
import { CONNECTIONS_A_KEY, TURN_MS } from './bounds.js';
import { asAccountsError } from './failures.js';
import { LentConnection } from './lent-connection.js';
import { MigrationAdapter } from './migration-adapter.js';

/**
 * Kysely's PostgreSQL dialect, for a server that may be busy, full, frozen or gone: its failures are `AccountsUnavailable`, each
 * within the bounds of `bounds.ts`, and a connection on which something failed badly is not used again.
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

/** A connection that was lent, and how its place is given back. */
interface Loan {
  readonly connection: LentConnection;
  readonly leave: () => void;
}

/**
 * Lends connections in turns by asker (an operation), and never all of them to one. So an operation that waits for its own rows,
 * or asks without end, holds up only itself.
 */
class PoolDriver implements Driver {
  readonly #pool: Pool;
  readonly #places: FairPool<number>;
  readonly #loans = new WeakMap<DatabaseConnection, Loan>();

  constructor(pool: Pool) {
    this.#pool = pool;
    const { max } = pool.options;
    const places = Array.from({ length: max }, (_, place) => place);
    this.#places = new FairPool(places, { max_per_key: Math.min(max, CONNECTIONS_A_KEY) });
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const leave = await this.#turn();
    try {
      const connection = new LentConnection(await this.#pool.connect());
      this.#loans.set(connection, { connection, leave });
      return connection;
    } catch (error) {
      leave();
      throw asAccountsError(error);
    }
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#loans.get(connection)?.connection.begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#loans.get(connection)?.connection.commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#loans.get(connection)?.connection.rollback();
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const loan = this.#loans.get(connection);
    loan?.connection.giveBack();
    loan?.leave();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }

  /** @throws AccountsUnavailable when it does not come in time */
  async #turn(): Promise<() => void> {
    try {
      const { release } = await this.#places.take(askerKey(), AbortSignal.timeout(TURN_MS));
      return release;
    } catch (error) {
      throw new AccountsUnavailable('busy', error);
    }
  }
}
