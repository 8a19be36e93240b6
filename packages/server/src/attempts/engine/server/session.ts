import { randomUUID } from 'node:crypto';
import { addAbortSignal, Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { EngineReplyMixed, type EngineSettings, EngineUnavailable, type InsertRequest } from '../engine.js';
import { Marks } from '../marks.js';
import type { Session, Statement } from '../session.js';
import { INSERT_SETTINGS, MAX_QUERY_SIZE } from '../settings.js';
import type { ServerAddress } from './address.js';
import { HANDED_TABLE } from './handed-rows.js';
import { withValues } from './long-values.js';
import { ReadAhead } from './read-ahead.js';
import { asServerFailure } from './server-failure.js';
import { StreamedRows } from './streamed-rows.js';

/** Less than a server keeps an idle connection: 3 s by its source, 10 or 30 s by the configuration shipped with it. */
const IDLE_MS = 2_500;
/** Turns off the client's own timeout, which is the same for all requests: ours have signals. It is the most that a timer takes. */
const NEVER_MS = 2 ** 31 - 1;
/** A little above the limit in `INSERT_SETTINGS`, for a server that does not answer at all. */
const INSERT_MAX_MS = 130_000;
/** A little above the longest statement that changes something (`CHANGE_SETTINGS`). */
const COMMAND_MAX_MS = 3_610_000;

/** The server keeps the reply until it is whole, and answers with either the whole reply or an error. */
const WHOLE: EngineSettings = {
  wait_end_of_query: 1,
  // In the server's memory. Longer replies go through its disk.
  buffer_size: 4 * 1024 ** 2,
};

/** Settings that only reads can have. */
const READING: EngineSettings = {
  readonly: 2, // only reads are allowed, and settings may be changed
  cancel_http_readonly_queries_on_client_close: 1,
  // A failure is an answer of its own, not part of a reply.
  http_write_exception_in_output_format: 0,
};

interface Request {
  readonly sql: string;
  readonly settings: EngineSettings;
  readonly tag?: string;
  readonly signal?: AbortSignal | undefined;
  /** Sent after the statement. */
  readonly body?: Buffer;
  readonly content_type?: string;
}

interface Reply {
  readonly pieces: Readable;
  /** The tag with which the server marks a failure in the middle of this reply. */
  readonly failure_tag: string;
}

/**
 * One connection to a ClickHouse server, over HTTP. To break off a statement the session closes the connection, and the server then
 * ends the statement if it only reads.
 */
export class ServerSession implements Session {
  readonly #client: ClickHouseClient;

  /** Connects when it is first used. */
  constructor({ url, user, password, database }: ServerAddress) {
    this.#client = createClient({
      url,
      username: user,
      password,
      ...(database !== undefined && { database }),
      max_open_connections: 1,
      request_timeout: NEVER_MS,
      keep_alive: { enabled: true, idle_socket_ttl: IDLE_MS, eagerly_destroy_stale_sockets: true },
      // Failures are thrown, and logged where they are handled. The client's own log would contain statements.
      log: { level: ClickHouseLogLevel.OFF },
    });
  }

  async read({ params, settings, ...statement }: Statement): Promise<Buffer> {
    const { sql, bound } = withValues(statement.sql, params);
    return this.#whole({ ...statement, sql, settings: { ...bound, ...settings, ...READING } });
  }

  async *stream({ params, settings, ...statement }: Statement): AsyncGenerator<Buffer> {
    const { sql, bound } = withValues(statement.sql, params);
    const marks = new Marks(statement.tag);
    const streaming = {
      ...READING,
      format_template_resultset_format: marks.aroundChunk(),
    };
    const { pieces, failure_tag } = await this.#post({
      ...statement,
      sql,
      settings: { ...bound, ...settings, ...streaming },
    });
    try {
      yield* rowsOf(new ReadAhead(pieces).pieces(), new StreamedRows(marks, failure_tag));
    } finally {
      pieces.destroy(); // if the consumer stopped early, this closes the connection, and the server ends the statement
    }
  }

  /**
   * When the connection is lost, it is not known whether the rows are there. To insert them again is harmless: rows have versions, and
   * of two equal rows reads see one.
   */
  async insert({ table, columns, rows }: Omit<InsertRequest, 'fair_key'>): Promise<void> {
    await this.insertRows(`INSERT INTO ${table} (${columns.join(', ')}) FORMAT TabSeparated`, rows);
  }

  /** As `insert`, with the given statement. */
  async insertRows(sql: string, rows: Buffer, settings: EngineSettings = {}): Promise<void> {
    await this.#whole({
      sql,
      settings: { ...INSERT_SETTINGS, ...settings, async_insert: 0 },
      signal: AbortSignal.timeout(INSERT_MAX_MS),
      body: rows,
    });
  }

  /** The output of a statement that reads `rows` as the table `HANDED_TABLE`. @param rows as `RowBinary` */
  async readHanded(sql: string, structure: string, rows: Buffer, settings: EngineSettings): Promise<Buffer> {
    const boundary = randomUUID();
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${HANDED_TABLE}"; filename="rows"\r\n\r\n`;
    return this.#whole({
      sql,
      settings: {
        ...settings,
        [`${HANDED_TABLE}_format`]: 'RowBinary',
        [`${HANDED_TABLE}_structure`]: structure,
      },
      signal: AbortSignal.timeout(INSERT_MAX_MS),
      body: Buffer.concat([Buffer.from(head), rows, Buffer.from(`\r\n--${boundary}--\r\n`)]),
      content_type: `multipart/form-data; boundary=${boundary}`,
    });
  }

  async change({ params, settings, ...statement }: Statement): Promise<void> {
    const { sql, bound } = withValues(statement.sql, params);
    const signal = AbortSignal.timeout(COMMAND_MAX_MS);
    await this.#whole({ ...statement, sql, settings: { ...bound, ...settings }, signal });
  }

  async command(sql: string, signal = AbortSignal.timeout(COMMAND_MAX_MS)): Promise<void> {
    await this.#whole({ sql, settings: {}, signal });
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #whole(request: Request): Promise<Buffer> {
    const { pieces } = await this.#post({ ...request, settings: { ...request.settings, ...WHOLE } });
    const all: Buffer[] = [];
    try {
      for await (const piece of pieces) all.push(piece);
    } catch (error) {
      throw asServerFailure(error);
    }
    return Buffer.concat(all);
  }

  async #post({ sql, settings, tag = randomUUID(), signal, body, content_type }: Request): Promise<Reply> {
    if (signal?.aborted) throw new EngineUnavailable('nobody waits for it any more');
    const max_query_size = Math.max(MAX_QUERY_SIZE, Buffer.byteLength(sql) + 1);
    try {
      const { stream, response_headers } = await this.#client.exec({
        query: sql,
        query_id: tag,
        clickhouse_settings: { ...settings, max_query_size: String(max_query_size), log_comment: tag },
        ...(signal && { abort_signal: signal }),
        ...(content_type !== undefined && { http_headers: { 'Content-Type': content_type } }),
        ...(body && { values: Readable.from([body], { objectMode: false }) }),
      });
      stream.on('error', () => undefined); // the reader of the stream gets the error as well
      if (signal) addAbortSignal(signal, stream);
      // Something in between, such as a proxy, might mix up replies.
      if (response_headers['x-clickhouse-query-id'] !== tag) {
        stream.destroy();
        throw new EngineReplyMixed('the reply names another statement');
      }
      return { pieces: stream, failure_tag: String(response_headers['x-clickhouse-exception-tag'] ?? tag) };
    } catch (error) {
      throw asServerFailure(error);
    }
  }
}

async function* rowsOf(pieces: AsyncIterable<Buffer>, rows: StreamedRows): AsyncGenerator<Buffer> {
  try {
    for await (const piece of pieces) {
      const lines = rows.take(piece);
      if (lines.length > 0) yield lines;
    }
    const rest = rows.rest();
    if (rest.length > 0) yield rest;
  } catch (error) {
    throw asServerFailure(failureOf(rows) ?? error);
  }
}

/** The failure that the server wrote before it broke off, if any. */
function failureOf(rows: StreamedRows): unknown {
  try {
    rows.throwIfFailed();
    return undefined;
  } catch (error) {
    return error;
  }
}
