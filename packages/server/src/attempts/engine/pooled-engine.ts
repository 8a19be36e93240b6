import { randomUUID } from 'node:crypto';
import { FairPool } from '../../admission/fair-pool.js';
import type { PoolFigures } from '../../admission/figures.js';
import { asEngineError } from './as-engine-error.js';
import {
  type Engine,
  EngineUnavailable,
  type InsertRequest,
  type ReadRequest,
  type SqlParams,
  type StreamRequest,
} from './engine.js';
import { Leavers, type LeaversOptions } from './pool/leavers.js';
import { Seat } from './pool/seat.js';
import { StatementStop } from './pool/statement-stop.js';
import type { Session, Statement } from './session.js';
import { CHANGE_SETTINGS, READ_SETTINGS, STREAM_SETTINGS } from './settings.js';
import { TableColumns } from './table-columns.js';

/** How many sessions there are, and how much memory reads may take. */
export interface PoolOptions {
  readonly read_sessions: number;
  readonly write_sessions: number;
  /** Reads that wait for a session at most. */
  readonly waiting_reads: number;
  /** Memory of all reads together. */
  readonly read_memory_bytes: number;
}

/** Sessions that long reads leave to short ones, if there are more than these. */
const KEPT_FOR_SHORT = 2;
/** The longest that a kill may take: other kills wait behind it. */
const KILL_MAX_MS = 1_000;

/** The longest wait for the types of a table's columns. */
const COLUMNS_MAX_MS = 60_000;

/** The fair key of the service's own commands. */
const OWN = 'service';

/**
 * The pool of sessions that both engines share. A session runs its statements one after another, so there are several: some for reads
 * and some for writes, so that neither waits for the other, one for commands, and one for kills.
 */
export class PooledEngine<Own extends Session> implements Engine {
  /** Read on a writing session, so that it waits for no report. */
  protected readonly columns = new TableColumns((sql, params) => this.#readOnWriter(sql, params));
  readonly #leavers: Leavers;
  readonly #reads: FairPool<Seat<Own>>;
  readonly #writes: FairPool<Seat<Own>>;
  readonly #commands: FairPool<Seat<Own>>;
  readonly #kills: FairPool<Seat<Own>>;
  /** Memory of one read. */
  readonly #read_memory_bytes: number;
  readonly #seats: readonly Seat<Own>[];
  #closed = false;

  /** @throws what `open` throws */
  constructor(options: PoolOptions, open: () => Own, gone: NonNullable<LeaversOptions['gone']>) {
    this.#leavers = new Leavers({ gone });
    const sit = () => new Seat(open, this.#leavers);
    const reads = Array.from({ length: options.read_sessions }, sit);
    const writes = Array.from({ length: options.write_sessions }, sit);
    const [commands, kills] = [sit(), sit()];
    this.#seats = [...reads, ...writes, commands, kills];
    const max_long = Math.max(1, reads.length - KEPT_FOR_SHORT);
    // One key has half of the sessions at most, so that one operation's slow reports leave the other half to the rest. Streams have
    // half of those for long reads, so that reports of months go on beside streams that are read slowly.
    this.#reads = new FairPool(reads, {
      max_per_key: Math.max(1, Math.ceil(reads.length / 2)),
      max_long,
      max_streams: Math.max(1, Math.floor(max_long / 2)),
      max_waiting: options.waiting_reads,
    });
    this.#read_memory_bytes = Math.floor(options.read_memory_bytes / reads.length);
    this.#writes = new FairPool(writes, { max_per_key: Math.max(1, Math.ceil(writes.length / 2)) });
    this.#commands = new FairPool([commands], { max_per_key: 1 });
    this.#kills = new FairPool([kills], { max_per_key: 1 });
  }

  async read(request: ReadRequest): Promise<Buffer> {
    this.assertOpen();
    const { signal, fair_key, lane, admit } = request;
    this.#leavers.admit(fair_key);
    const work = async (seat: Seat<Own>) => {
      admit?.();
      return this.#leavers.during(seat.use(fair_key, (session) => this.#readStoppably(session, request)));
    };
    return this.#reads.run(fair_key, signal, work, lane);
  }

  async *stream(request: StreamRequest): AsyncGenerator<Buffer> {
    this.assertOpen();
    const { signal, fair_key, admit } = request;
    this.#leavers.admit(fair_key);
    const { session: seat, release } = await this.#reads.take(fair_key, signal, 'stream');
    const chunks = seat.through(fair_key, (session) => this.#streamStoppably(session, request));
    try {
      admit?.();
      for (;;) {
        const next = await this.#leavers.during(chunks.next());
        if (next.done) return;
        yield next.value;
      }
    } finally {
      // Also when the consumer stops early: the session is closed before the seat is given to another caller.
      await chunks.return(undefined).finally(release);
    }
  }

  async insert(request: InsertRequest): Promise<void> {
    await this.write(request.fair_key, (session) => session.insert(request));
  }

  async change(sql: string, fair_key: string, params?: SqlParams): Promise<void> {
    const settings = Object.entries(CHANGE_SETTINGS).map(([name, value]) => `${name} = ${value}`);
    const statement = {
      sql: `${sql} SETTINGS ${settings.join(', ')}`,
      params,
      settings: {},
      tag: randomUUID(),
    };
    await this.write(fair_key, (session) => session.change(statement));
  }

  async command(sql: string): Promise<void> {
    this.assertOpen();
    this.columns.forget(); // the command may change them
    await this.#commands.run(OWN, undefined, (seat) =>
      this.#on(seat, OWN, (session) => session.command(sql)),
    );
  }

  /** Figures of the sessions for reads and for writes. */
  figures(): { readonly reads: PoolFigures; readonly writes: PoolFigures } {
    return { reads: this.#reads.figures(), writes: this.#writes.figures() };
  }

  /** To be called when nothing is under way any more. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#leavers.settled();
    await Promise.all(this.#seats.map((seat) => seat.close()));
  }

  /** Runs work on a writing session, when its turn has come. */
  protected async write<T>(fair_key: string, work: (session: Own) => Promise<T>): Promise<T> {
    this.assertOpen();
    return this.#writes.run(fair_key, undefined, (seat) => this.#on(seat, fair_key, work));
  }

  protected assertOpen(): void {
    if (this.#closed) throw new EngineUnavailable('the engine is closed');
  }

  async #on<T>(seat: Seat<Own>, key: string, work: (session: Own) => Promise<T>): Promise<T> {
    try {
      return await this.#leavers.during(seat.use(key, work));
    } catch (error) {
      throw asEngineError(error);
    }
  }

  async #readStoppably(session: Own, request: ReadRequest): Promise<Buffer> {
    const tag = randomUUID();
    const stopping = this.#stoppingOf(request, tag);
    try {
      const written = await session.read(this.#statementOf(request, tag, stopping.abandoned));
      stopping.throwIfStopped(); // a kill may still be under way, and come too late
      return written;
    } catch (error) {
      stopping.throwIfStopped(error);
      throw asEngineError(error);
    } finally {
      stopping.end();
    }
  }

  async *#streamStoppably(session: Own, request: StreamRequest): AsyncGenerator<Buffer> {
    const tag = randomUUID();
    const stopping = this.#stoppingOf(request, tag);
    const statement = this.#statementOf(request, tag, stopping.abandoned);
    const as_lines = {
      ...statement.settings,
      ...STREAM_SETTINGS,
      format_template_row_format: request.line,
      format_template_rows_between_delimiter: '',
    };
    const sql = `${request.sql} FORMAT Template`;
    try {
      for await (const rows of session.stream({ ...statement, sql, settings: as_lines })) {
        stopping.throwIfStopped();
        yield rows;
      }
      stopping.throwIfStopped();
    } catch (error) {
      stopping.throwIfStopped(error);
      throw asEngineError(error);
    } finally {
      stopping.end();
    }
  }

  /** The statement of a request, with all its settings. */
  #statementOf(request: Omit<ReadRequest, 'lane'>, tag: string, signal: AbortSignal): Statement {
    const memory_bytes = this.#read_memory_bytes;
    return {
      sql: request.sql,
      params: request.params,
      tag,
      signal,
      settings: {
        ...READ_SETTINGS,
        max_memory_usage: memory_bytes,
        max_bytes_before_external_group_by: Math.floor(memory_bytes * (request.groups_in_memory ?? 0.5)),
        max_bytes_before_external_sort: Math.floor(memory_bytes / 2),
        ...request.settings,
        // In whole seconds, and later than `max_ms`, after which a kill comes first. This ends a query that a kill can't reach.
        max_execution_time: Math.ceil(request.max_ms / 1_000) + 1,
      },
    };
  }

  #readOnWriter(sql: string, params: SqlParams): Promise<Buffer> {
    const statement = { sql, params, settings: {}, tag: randomUUID() };
    const signal = AbortSignal.timeout(COLUMNS_MAX_MS);
    return this.write(OWN, (session) => session.read({ ...statement, signal }));
  }

  #stoppingOf({ max_ms, signal }: Pick<ReadRequest, 'max_ms' | 'signal'>, tag: string): StatementStop {
    return new StatementStop(max_ms, signal, (ended) => this.#kill(tag, ended));
  }

  async #kill(tag: string, ended: AbortSignal): Promise<void> {
    if (this.#closed) return;
    const sql = `KILL QUERY WHERE Settings['log_comment'] = '${tag}' ASYNC`;
    const kill = (session: Own) => session.command(sql, AbortSignal.timeout(KILL_MAX_MS));
    await this.#kills.run(OWN, ended, (seat) => this.#on(seat, OWN, kill));
  }
}
