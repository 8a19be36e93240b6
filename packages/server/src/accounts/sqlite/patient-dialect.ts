import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  DeleteQueryNode,
  type DialectAdapter,
  type Driver,
  InsertQueryNode,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  UpdateQueryNode,
} from 'kysely';
import { AccountsUnavailable } from '../unavailable.js';
import { asAccountsError } from './failures.js';
import { InTurn } from './in-turn.js';
import { PreparedStatements } from './prepared-statements.js';
import type { WriteAheadLog } from './write-ahead-log.js';

/**
 * How long a statement waits for a file that another process has locked, its wait for its turn included. Longer than a backup or
 * a look with a tool locks the file, and short enough that the caller still gets a reply.
 */
const PATIENCE_MS = 1_000;
/** How long a start waits for a file that another process (a backup, a look with a tool) holds for a moment. */
const START_PATIENCE_MS = 2_000;
/** Between two tries. The event loop goes on meanwhile: SQLite's own wait (`busy_timeout`) would block it. */
const TRY_AGAIN_MS = 25;

/** What the dialect needs from a database beside what Kysely needs. */
interface Lockable extends SqliteDatabase {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
}

/**
 * Kysely's SQLite dialect, for a file that other processes may lock, on a disk that may be full. Waiting for the file or for the
 * disk does not block the event loop. A write resolves when it is on disk, and others write meanwhile. Failures of the file are
 * `AccountsUnavailable`.
 *
 * Every write takes the file's lock first, by a BEGIN that is executed and not prepared. In libsql, a prepared statement that
 * found the file locked stays under way until it is garbage-collected, and SQLite commits nothing meanwhile ("SQL statements in
 * progress").
 */
export class PatientSqliteDialect extends SqliteDialect {
  /** The same database, with commits that do not wait for the disk. It ends with this one. */
  readonly unsynced: SqliteDialect;
  readonly #driver: PatientDriver;

  /** @param makeReady is done once before all else; it is tried again while another process has the file locked */
  constructor(database: Lockable, log: WriteAheadLog, makeReady: () => void) {
    const config = { database: new PreparedStatements(database) };
    super(config);
    this.#driver = new PatientDriver(super.createDriver(), database, log, makeReady);
    this.unsynced = new UnsyncedDialect(config, this.#driver);
  }

  override createDriver(): Driver {
    return this.#driver;
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalDdl();
  }
}

class UnsyncedDialect extends SqliteDialect {
  readonly #driver: PatientDriver;

  constructor(config: SqliteDialectConfig, driver: PatientDriver) {
    super(config);
    this.#driver = driver;
  }

  override createDriver(): Driver {
    return this.#driver.unsynced();
  }
}

/** SQLite rolls a change of its schema back like any other, so migrations are one transaction: a kill leaves none half done. */
class TransactionalDdl extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class PatientDriver implements Driver {
  readonly #inner: Driver;
  readonly #database: Lockable;
  readonly #log: WriteAheadLog;
  readonly #makeReady: () => void;
  /** The driver's one connection: taken from it once, for good, and lent from here. */
  #one: Promise<InTurn<DatabaseConnection>> | undefined;
  /** By the connection that was given out. */
  readonly #connections = new WeakMap<DatabaseConnection, PatientConnection>();

  constructor(inner: Driver, database: Lockable, log: WriteAheadLog, makeReady: () => void) {
    this.#inner = inner;
    this.#database = database;
    this.#log = log;
    this.#makeReady = makeReady;
  }

  /** @throws AccountsUnavailable; the next caller tries anew */
  async init(): Promise<void> {
    this.#one ??= this.#open();
    try {
      await this.#one;
    } catch (error) {
      this.#one = undefined;
      throw error;
    }
  }

  async #open(): Promise<InTurn<DatabaseConnection>> {
    await patiently(this.#makeReady, performance.now() + START_PATIENCE_MS);
    await this.#inner.init();
    return new InTurn(await this.#inner.acquireConnection());
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return this.#acquire(true);
  }

  /** Drives the same connection; a transaction that begins here commits without a wait for the disk. */
  unsynced(): Driver {
    return {
      init: () => this.init(),
      acquireConnection: () => this.#acquire(false),
      beginTransaction: (connection) => this.beginTransaction(connection),
      commitTransaction: (connection) => this.commitTransaction(connection),
      rollbackTransaction: (connection) => this.rollbackTransaction(connection),
      releaseConnection: (connection) => this.releaseConnection(connection),
      destroy: async () => undefined,
    };
  }

  async #acquire(waits_for_disk: boolean): Promise<DatabaseConnection> {
    if (!this.#one) throw new Error('the driver was not initialized');
    const connection = new PatientConnection(await this.#one, this.#database, this.#log, waits_for_disk);
    await connection.take();
    this.#connections.set(connection, connection);
    return connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#connections.get(connection)?.begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#connections.get(connection)?.commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#connections.get(connection)?.rollback();
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#connections.get(connection)?.give();
  }

  async destroy(): Promise<void> {
    try {
      await this.#log.close();
    } finally {
      await this.#inner.destroy();
    }
  }
}

/** The file's one connection, as one user of it has it, in turns with the others. */
class PatientConnection implements DatabaseConnection {
  readonly #one: InTurn<DatabaseConnection>;
  readonly #database: Lockable;
  readonly #log: WriteAheadLog;
  readonly #waits_for_disk: boolean;
  readonly #until_ms = performance.now() + PATIENCE_MS;
  #inner: DatabaseConnection | undefined;
  /** A transaction was begun here, and was neither committed nor rolled back here. */
  #has_begun = false;

  constructor(
    one: InTurn<DatabaseConnection>,
    database: Lockable,
    log: WriteAheadLog,
    waits_for_disk: boolean,
  ) {
    this.#one = one;
    this.#database = database;
    this.#log = log;
    this.#waits_for_disk = waits_for_disk;
  }

  /** @throws AccountsUnavailable when the disk failed */
  async take(): Promise<DatabaseConnection> {
    this.#log.assertWell();
    this.#inner ??= await this.#one.take();
    return this.#inner;
  }

  /** Lets others have the connection. A second call does nothing. */
  give(): void {
    if (this.#inner) this.#one.give();
    this.#inner = undefined;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const inner = await this.take();
    const run = () => patiently(() => inner.executeQuery<R>(query), this.#until_ms);
    if (this.#has_begun) this.#assertWhole();
    if (!isWrite(query) || this.#has_begun) return run();
    await this.begin();
    try {
      const result = await run();
      await this.commit();
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunk_size?: number): AsyncIterableIterator<QueryResult<R>> {
    const inner = await this.take();
    yield* inner.streamQuery<R>(query, chunk_size);
  }

  async begin(): Promise<void> {
    await this.take();
    this.rollback(); // one that a failing disk left open
    await patiently(() => this.#database.exec('BEGIN IMMEDIATE'), this.#until_ms);
    this.#has_begun = true;
  }

  /** Others have their turn as soon as it is committed, so that many commits wait for the disk together. */
  async commit(): Promise<void> {
    this.#assertWhole();
    await patiently(() => this.#database.exec('COMMIT'), this.#until_ms);
    this.#has_begun = false;
    this.give();
    this.#log.committed();
    if (this.#waits_for_disk) await this.#log.synced();
  }

  /** SQLite itself rolls back where the disk is full: a second ROLLBACK would fail and hide the reason. */
  rollback(): void {
    this.#has_begun = false;
    // After a commit that did not reach the disk, somebody else has the connection already, with another transaction.
    if (this.#inner && this.#database.inTransaction) this.#database.exec('ROLLBACK');
  }

  /** SQLite may have undone the transaction so far: what follows must not be stored without it. */
  #assertWhole(): void {
    if (!this.#database.inTransaction) throw new AccountsUnavailable('full', 'SQLite rolled back by itself');
  }
}

/** Tries again while another process has the file locked. @throws AccountsUnavailable, and what is a fault of the statement */
async function patiently<T>(work: () => T | Promise<T>, until_ms: number): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const error = asAccountsError(thrown);
      const may_pass = error instanceof AccountsUnavailable && error.why === 'busy';
      if (!may_pass || performance.now() >= until_ms) throw error;
      await sleep(TRY_AGAIN_MS);
    }
  }
}

function isWrite({ query }: CompiledQuery): boolean {
  return InsertQueryNode.is(query) || UpdateQueryNode.is(query) || DeleteQueryNode.is(query);
}
