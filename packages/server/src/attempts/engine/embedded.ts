import { randomUUID } from 'node:crypto';
import { type ClickHouseClient, ClickHouseError, createClient } from '@clickhouse/client';
import { type ChdbConnection, createChdbConnection } from 'chdb/connection';
import {
  type Engine,
  EngineAborted,
  EngineTimeout,
  EngineUnavailable,
  type InsertRequest,
  type ReadRequest,
  type SqlParams,
} from './engine.js';
import { FairPool } from './fair-pool.js';
import { INSERT_SETTINGS, READ_SETTINGS, STREAM_SETTINGS } from './settings.js';

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

/** ClickHouse error codes (src/Common/ErrorCodes.cpp upstream). */
const TIMEOUT_EXCEEDED = '159';
const TOO_SLOW = '160';
const QUERY_WAS_CANCELLED = '394';
const OUT_OF_RESOURCES = new Set(['241', '243', '252']); // memory limit, disk space, too many parts

/**
 * ClickHouse inside this process (chDB). A session runs its statements one after another, so there are several:
 * some for reads and some for writes, so that neither waits for the other, and one for commands.
 */
export class EmbeddedEngine implements Engine {
  readonly #reads: FairPool<Session>;
  readonly #writes: FairPool<Session>;
  readonly #commands: Session;
  /** Of one read. */
  readonly #read_memory_bytes: number;
  readonly #all: readonly Session[];
  #closed = false;

  constructor(options: EmbeddedOptions) {
    const open = () => openSession(options.path);
    const reads = Array.from({ length: options.read_sessions }, open);
    const writes = Array.from({ length: options.write_sessions }, open);
    this.#commands = open();
    this.#all = [...reads, ...writes, this.#commands];
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
  }

  async read(request: ReadRequest): Promise<Buffer> {
    this.#assertOpen();
    const { signal, fair_key, lane, admit } = request;
    const work = async (session: Session) => {
      admit?.();
      return this.#readStoppably(session, request);
    };
    return this.#reads.run(fair_key, signal, work, lane);
  }

  async *stream(request: Omit<ReadRequest, 'lane'>): AsyncGenerator<Buffer> {
    this.#assertOpen();
    const { signal, fair_key, admit } = request;
    const { session, release } = await this.#reads.take(fair_key, signal, 'stream');
    try {
      admit?.();
      yield* this.#streamStoppably(session, request);
    } finally {
      release();
    }
  }

  async insert(request: InsertRequest): Promise<void> {
    this.#assertOpen();
    const { table, columns, rows, fair_key } = request;
    await this.#writes.run(fair_key, undefined, async ({ connection }) => {
      try {
        // The client would make a string of the bytes; this hands them over as they are.
        await connection.chdb.rawInsert({
          table,
          columns: [...columns],
          values: rows,
          format: 'TabSeparated',
          settings: { ...INSERT_SETTINGS },
        });
      } catch (error) {
        throw asEngineError(error, undefined);
      }
    });
  }

  async command(sql: string): Promise<void> {
    this.#assertOpen();
    await this.#commands.client.command({ query: sql });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all(this.#all.map(({ client }) => client.close()));
  }

  async #readStoppably(session: Session, request: ReadRequest): Promise<Buffer> {
    const { signal } = request;
    const tag = randomUUID();
    const stop = () => void this.#kill(tag);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await this.#readOn(session, request, tag);
    } catch (error) {
      throw asEngineError(error, signal);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  async *#streamStoppably(session: Session, request: ReadRequest): AsyncGenerator<Buffer> {
    const { signal, max_ms } = request;
    const tag = randomUUID();
    const stopping = new Stopping(max_ms, signal, () => void this.#kill(tag));
    try {
      // A stream takes no settings of its own, but those that its session was told last; nothing else runs on it.
      const { stream } = await session.client.exec({
        query: 'SELECT 1 FORMAT Null',
        clickhouse_settings: { ...this.#settingsOf(request, tag), ...STREAM_SETTINGS },
      });
      for await (const _ of stream);
      stopping.throwIfStopped();
      for await (const chunk of session.connection.chdb.queryStream(request.sql)) {
        stopping.throwIfStopped();
        const bytes = chunk.raw();
        yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      }
    } catch (error) {
      stopping.throwIfStopped(error);
      throw asEngineError(error, signal);
    } finally {
      stopping.end();
    }
  }

  async #readOn({ client }: Session, request: ReadRequest, tag: string): Promise<Buffer> {
    const { stream } = await client.exec({
      query: request.sql,
      clickhouse_settings: this.#settingsOf(request, tag),
    });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  }

  /** Everything that a statement is told; `tag` is what it can be killed by. */
  #settingsOf(request: ReadRequest, tag: string): Record<string, string | number> {
    return {
      max_query_size: String(MAX_QUERY_SIZE),
      ...boundValues(request.params),
      ...READ_SETTINGS,
      max_memory_usage: String(this.#read_memory_bytes),
      max_bytes_before_external_group_by: String(Math.floor(this.#read_memory_bytes / 2)),
      max_bytes_before_external_sort: String(Math.floor(this.#read_memory_bytes / 2)),
      ...request.settings,
      // Whole seconds, so the caller's own clock and the kill come first; this bounds what a kill can't reach.
      max_execution_time: Math.ceil(request.max_ms / 1_000) + 1,
      log_comment: tag,
    };
  }

  /** Best effort: a query that can't be told ends by its own max_execution_time. */
  async #kill(tag: string): Promise<void> {
    if (this.#closed) return;
    const killed = this.#commands.client.command({
      query: `KILL QUERY WHERE Settings['log_comment'] = '${tag}' ASYNC`,
    });
    await killed.catch(() => undefined);
  }

  #assertOpen(): void {
    if (this.#closed) throw new EngineUnavailable('the engine is closed');
  }
}

/** How often a stream that shall stop is told so: the first time its query may not have begun. */
const STOP_AGAIN_MS = 250;

/** The end of a stream that its caller or its time brings on. */
class Stopping {
  readonly #caller: AbortSignal | undefined;
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;
  #again: NodeJS.Timeout | undefined;
  #late = false;

  constructor(max_ms: number, caller: AbortSignal | undefined, kill: () => void) {
    this.#caller = caller;
    this.#stop = () => {
      kill();
      this.#again ??= setInterval(kill, STOP_AGAIN_MS);
    };
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#stop();
    }, max_ms);
    caller?.addEventListener('abort', this.#stop, { once: true });
  }

  /** @throws EngineAborted, EngineTimeout */
  throwIfStopped(cause?: unknown): void {
    if (this.#caller?.aborted) throw new EngineAborted('the query was stopped', { cause });
    if (this.#late) throw new EngineTimeout('the query reached its time limit', { cause });
  }

  end(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#again);
    this.#caller?.removeEventListener('abort', this.#stop);
  }
}

/** A list of ids is a value of up to 256 KiB, which escaping may double twice. */
const MAX_QUERY_SIZE = 2 * 1024 ** 2;

/**
 * The values of a statement's `{name:Type}` blanks, bound to the session: nothing else runs on it meanwhile. The client's
 * own way of binding is process-wide in the embedded engine, so it runs such statements one after another.
 *
 * A value is read as the engine's tab separated text, and is written as a literal, in which the client doubles quotes.
 */
function boundValues(params: SqlParams = {}): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    const text = String(value).replace(/[\\\t\n\r\0]/g, (character) => TAB_SEPARATED[character] ?? character);
    values[`param_${name}`] = text.replaceAll('\\', '\\\\');
  }
  return values;
}

const TAB_SEPARATED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
};

/** One of the engine's sessions: through the official client, and past it where bytes shall stay bytes. */
interface Session {
  readonly client: ClickHouseClient;
  readonly connection: ChdbConnection;
}

function openSession(path: string): Session {
  const connection = createChdbConnection({ path });
  // @ts-expect-error chdb and the client each carry their own copy of the connection's types, one of which has a
  // private member; the shapes are the same, and this line fails to compile once upstream has mended it.
  return { connection, client: createClient({ connection }) };
}

function asEngineError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return new EngineAborted('the query was stopped', { cause: error });
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code === TIMEOUT_EXCEEDED || code === TOO_SLOW) {
    return new EngineTimeout('the query reached its time limit', { cause: error });
  }
  if (code === QUERY_WAS_CANCELLED) return new EngineAborted('the query was stopped', { cause: error });
  if (OUT_OF_RESOURCES.has(code)) return new EngineUnavailable('the engine is at its end', { cause: error });
  return error;
}

/** The engine's error code, of the client's errors and of the embedded engine's own. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof ClickHouseError) return error.code;
  return error instanceof Error ? /\bCode: (\d+)\. DB::Exception/.exec(error.message)?.[1] : undefined;
}
