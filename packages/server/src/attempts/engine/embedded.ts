import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { FairPool } from '../../admission/fair-pool.js';
import type { PoolFigures } from '../../admission/figures.js';
import { endOnCrash } from './embedded/crash-signals.js';
import { EventLoopFirst } from './embedded/event-loop-first.js';
import { asEngineError } from './embedded/failure.js';
import {
  insertFromFile,
  isPlainPath,
  type Partitions,
  partitionsInFile,
  type RowsInFile,
} from './embedded/from-file.js';
import { Leavers } from './embedded/leavers.js';
import { Seat } from './embedded/seat.js';
import type { EmbeddedSession, Statement } from './embedded/session.js';
import { boundValues } from './embedded/set-statement.js';
import { Stopping } from './embedded/stopping.js';
import {
  EngineTooSpread,
  EngineUnavailable,
  type FileEngine,
  type InsertFileRequest,
  type InsertRequest,
  type ReadRequest,
  type StreamRequest,
} from './engine.js';
import { CHANGE_SETTINGS, MONTHS_AN_INSERT, READ_SETTINGS, STREAM_SETTINGS } from './settings.js';
import { TableColumns } from './table-columns.js';

export interface EmbeddedOptions {
  /** Directory of the store. One process at a time; a second one is refused by the engine's lock. */
  readonly path: string;
  readonly read_sessions: number;
  readonly write_sessions: number;
  /** Reads that wait for a session at most. */
  readonly waiting_reads: number;
  /** Memory of all reads together. */
  readonly read_memory_bytes: number;
}

/** Sessions that long reads leave to short ones, where there are so many. */
const KEPT_FOR_SHORT = 2;

/** Whose the service's own commands are. */
const OWN = 'service';

/**
 * ClickHouse inside this process (chDB). A session runs its statements one after another, so there are several:
 * some for reads and some for writes, so that neither waits for the other, one for commands, and one for kills.
 */
export class EmbeddedEngine implements FileEngine {
  readonly #event_loop_first: EventLoopFirst;
  readonly #leavers = new Leavers();
  readonly #reads: FairPool<Seat>;
  readonly #writes: FairPool<Seat>;
  readonly #commands: FairPool<Seat>;
  readonly #kills: FairPool<Seat>;
  /** Of one read. */
  readonly #read_memory_bytes: number;
  readonly #seats: readonly Seat[];
  readonly #columns = new TableColumns(this);
  #closed = false;

  constructor(options: EmbeddedOptions) {
    const open = () => new Seat(options.path, this.#leavers);
    const reads = Array.from({ length: options.read_sessions }, open);
    const writes = Array.from({ length: options.write_sessions }, open);
    const [commands, kills] = [open(), open()];
    this.#seats = [...reads, ...writes, commands, kills];
    endOnCrash();
    this.#event_loop_first = new EventLoopFirst();
    this.#event_loop_first.look();
    const max_long = Math.max(1, reads.length - KEPT_FOR_SHORT);
    // Half of the sessions, so that one operation's slow reports leave the other half to the rest; and half of what may be
    // long, so that reports of months go on beside streams that are read slowly.
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
    this.#assertOpen();
    const { signal, fair_key, lane, admit } = request;
    this.#leavers.admit(fair_key);
    const work = async (seat: Seat) => {
      admit?.();
      return this.#leavers.during(seat.use(fair_key, (session) => this.#readStoppably(session, request)));
    };
    return this.#reads.run(fair_key, signal, work, lane);
  }

  async *stream(request: StreamRequest): AsyncGenerator<Buffer> {
    this.#assertOpen();
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
      // Also of a stream that is left: its session leaves before the seat is somebody else's.
      await chunks.return(undefined).finally(release);
    }
  }

  async insert(request: InsertRequest): Promise<void> {
    this.#assertOpen();
    await this.#write(request.fair_key, (session) => session.insert(request));
  }

  async insertFile({ table, columns, file, partition, fair_key }: InsertFileRequest): Promise<void> {
    this.#assertOpen();
    const typeOf = await this.#columns.of(table);
    const statement = <T>(of: (rows: RowsInFile) => Promise<T>) =>
      withPlainPath(file, (path) => of({ columns, path, typeOf }));
    const insert = (only?: Partitions) =>
      statement((rows) =>
        this.#write(fair_key, (session) => session.command(insertFromFile(table, rows, only))),
      );
    try {
      await insert();
    } catch (error) {
      if (!(error instanceof EngineTooSpread)) throw error;
      const slices = await statement((rows) => this.#slicesOf(rows, partition, fair_key));
      for (const only of slices) await insert(only);
    }
  }

  async change(sql: string, fair_key: string): Promise<void> {
    this.#assertOpen();
    const settings = Object.entries(CHANGE_SETTINGS).map(([name, value]) => `${name} = ${value}`);
    const statement = `${sql} SETTINGS ${settings.join(', ')}`;
    await this.#write(fair_key, (session) => session.command(statement));
  }

  async command(sql: string): Promise<void> {
    this.#assertOpen();
    this.#columns.forget(); // it may be what changes them
    await this.#commands.run(OWN, undefined, (seat) =>
      this.#on(seat, OWN, (session) => session.command(sql)),
    );
  }

  /** Of the sessions that reads and inserts have. */
  figures(): { readonly reads: PoolFigures; readonly writes: PoolFigures } {
    return { reads: this.#reads.figures(), writes: this.#writes.figures() };
  }

  /** To be called when nothing is under way any more. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#leavers.settled();
    this.#event_loop_first.stop();
    await Promise.all(this.#seats.map((seat) => seat.close()));
  }

  /**
   * The partitions of rows, in slices that one insert may fill. It is part of a write, and waits for no report: neither for its
   * session nor for its share of memory.
   */
  async #slicesOf(rows: RowsInFile, partition: string, fair_key: string): Promise<Partitions[]> {
    const statement = { sql: partitionsInFile(rows, partition), settings: {}, tag: randomUUID() };
    const written = await this.#write(fair_key, (session) => session.read(statement));
    const all = written.toString().split('\n').filter(Boolean).map(Number);
    const slices: Partitions[] = [];
    for (let at = 0; at < all.length; at += MONTHS_AN_INSERT) {
      const slice = all.slice(at, at + MONTHS_AN_INSERT);
      slices.push({ partition, from: slice[0] ?? 0, to: slice.at(-1) ?? 0 });
    }
    return slices;
  }

  async #write<T>(fair_key: string, work: (session: EmbeddedSession) => Promise<T>): Promise<T> {
    return this.#writes.run(fair_key, undefined, (seat) => this.#on(seat, fair_key, work));
  }

  async #on<T>(seat: Seat, key: string, work: (session: EmbeddedSession) => Promise<T>): Promise<T> {
    try {
      return await this.#leavers.during(seat.use(key, work));
    } catch (error) {
      throw asEngineError(error);
    }
  }

  async #readStoppably(session: EmbeddedSession, request: ReadRequest): Promise<Buffer> {
    const statement = this.#statementOf(request);
    const stopping = this.#stoppingOf(request, statement.tag);
    try {
      const written = await session.read(statement);
      stopping.throwIfStopped(); // a kill may be under way still, and find it no more
      return written;
    } catch (error) {
      stopping.throwIfStopped(error);
      throw asEngineError(error);
    } finally {
      stopping.end();
    }
  }

  async *#streamStoppably(session: EmbeddedSession, request: StreamRequest): AsyncGenerator<Buffer> {
    const { sql, settings, tag } = this.#statementOf(request);
    const stopping = this.#stoppingOf(request, tag);
    const as_lines = {
      ...settings,
      ...STREAM_SETTINGS,
      format_template_row_format: request.line,
      format_template_rows_between_delimiter: '',
    };
    try {
      for await (const rows of session.stream({ sql: `${sql} FORMAT Template`, settings: as_lines, tag })) {
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

  /** Everything that a statement is told. */
  #statementOf(request: Omit<ReadRequest, 'lane'>): Statement {
    const memory_bytes = this.#read_memory_bytes;
    return {
      sql: request.sql,
      tag: randomUUID(),
      settings: {
        ...boundValues(request.params),
        ...READ_SETTINGS,
        max_memory_usage: memory_bytes,
        max_bytes_before_external_group_by: Math.floor(memory_bytes / 2),
        max_bytes_before_external_sort: Math.floor(memory_bytes / 2),
        ...request.settings,
        // Whole seconds, so the caller's own clock and the kill come first; this bounds what a kill can't reach.
        max_execution_time: Math.ceil(request.max_ms / 1_000) + 1,
      },
    };
  }

  #stoppingOf({ max_ms, signal }: Pick<ReadRequest, 'max_ms' | 'signal'>, tag: string): Stopping {
    return new Stopping(max_ms, signal, () => this.#kill(tag));
  }

  async #kill(tag: string): Promise<void> {
    if (this.#closed) return;
    const sql = `KILL QUERY WHERE Settings['log_comment'] = '${tag}' ASYNC`;
    await this.#kills.run(OWN, undefined, (seat) => this.#on(seat, OWN, (session) => session.command(sql)));
  }

  #assertOpen(): void {
    if (this.#closed) throw new EngineUnavailable('the engine is closed');
  }
}

/**
 * Calls `work` with a path of a file that the engine takes for nothing but a path. It is good for one statement: some systems
 * give all who open it one position in the file.
 */
async function withPlainPath<T>(file: string, work: (path: string) => Promise<T>): Promise<T> {
  if (isPlainPath(file)) return work(file);
  const opened = await open(file, 'r');
  try {
    return await work(`/dev/fd/${opened.fd}`);
  } finally {
    await opened.close();
  }
}
