import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { PoolClient } from 'pg';
import { MIGRATION_MS, SILENT_MS, TRIES_MAX } from './bounds.js';
import { asAccountsError, isPassing, leavesConnectionWell } from './failures.js';
import { AFTER_A_MIGRATION, BEFORE_A_MIGRATION } from './migration-adapter.js';

/**
 * Named, as the server's default may be another level: each statement of a transaction sees what was committed before it, as in
 * SQLite.
 */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** A connection of the pool, for as long as somebody has it. */
export class LentConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  #silent_ms = SILENT_MS;
  #is_in_transaction = false;
  /** The first failure in the transaction, which is lost since then. */
  #lost: unknown;
  /** The failure that broke the connection: nothing is asked of it any more. */
  #broken: unknown;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  /** @throws AccountsUnavailable, and what is a fault of the statement */
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query === BEFORE_A_MIGRATION) this.#silent_ms = MIGRATION_MS;
    if (query === AFTER_A_MIGRATION) this.#silent_ms = SILENT_MS;
    const { command, rowCount, rows } = await this.#patiently(query.sql, query.parameters);
    const writes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    return { rows, ...(writes && { numAffectedRows: BigInt(rowCount ?? 0) }) };
  }

  // biome-ignore lint/correctness/useYield: nothing here reads row by row, and Kysely asks for the method
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are not streamed from PostgreSQL');
  }

  async begin(): Promise<void> {
    await this.#run(BEGIN);
    this.#is_in_transaction = true;
  }

  /**
   * If the connection ends meanwhile, it is not known whether the transaction was committed.
   *
   * @throws AccountsUnavailable
   */
  async commit(): Promise<void> {
    const { command } = await this.#run('COMMIT');
    this.#is_in_transaction = false;
    // After a statement that failed, PostgreSQL answers COMMIT by rolling back, and calls that no failure.
    if (command === 'ROLLBACK') throw this.#lost ?? new Error('PostgreSQL rolled back by itself');
  }

  /**
   * Never rejects: the caller has to learn why the transaction failed, not that its rollback did. The server rolls back a
   * connection that is given up.
   */
  async rollback(): Promise<void> {
    if (this.#broken === undefined) await this.#run('ROLLBACK').catch(() => undefined);
    this.#is_in_transaction = false;
  }

  giveBack(): void {
    this.#client.release(this.#broken !== undefined);
  }

  /**
   * Tries a statement again that PostgreSQL ended so that others could go on. Not within a transaction: what it did before would
   * be lost.
   */
  async #patiently(text: string, values: readonly unknown[]) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#run(text, values);
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        if (this.#is_in_transaction || !isPassing(cause) || tries >= TRIES_MAX) throw error;
      }
    }
  }

  async #run(text: string, values: readonly unknown[] = []) {
    if (this.#broken !== undefined) throw this.#broken;
    const query = { text, values: values.map(storable), query_timeout: this.#silent_ms };
    try {
      return await this.#client.query(query);
    } catch (thrown) {
      const error = asAccountsError(thrown);
      if (this.#is_in_transaction) this.#lost ??= error;
      if (!leavesConnectionWell(thrown)) this.#broken = error;
      throw error;
    }
  }
}

/** PostgreSQL stores no NUL in a text. Names with a NUL are refused earlier; in any other text a mark takes its place. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
