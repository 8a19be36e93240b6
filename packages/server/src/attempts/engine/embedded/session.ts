import { randomUUID } from 'node:crypto';
import type { Session } from 'chdb';
import type { EngineSettings, InsertRequest } from '../engine.js';
import { Marks } from '../marks.js';
import type { Session as EngineSession, Statement } from '../session.js';
import { INSERT_SETTINGS, MAX_QUERY_SIZE } from '../settings.js';
import { engineLibrary } from './library.js';
import { boundValues, setStatement } from './set-statement.js';

/**
 * A session of the library, which runs one statement at a time. It is used until a statement on it does not end well, and never again
 * after that: output of that statement may still be in it.
 */
export class EmbeddedSession implements EngineSession {
  readonly #session: Session;
  #takes_long = false;
  /** Names of the settings that the session has. */
  #kept: ReadonlySet<string> = new Set();

  /** Opens a session: less than a millisecond if the store is open already. @throws EngineMissing, or what the library throws */
  constructor(path: string) {
    const { Session } = engineLibrary();
    this.#session = new Session(path);
  }

  /** The whole output of a statement, and nothing else. @throws EngineReplyMixed, or what the library throws */
  async read({ sql, settings, params, tag }: Statement): Promise<Buffer> {
    const marks = new Marks(tag);
    return marks.cut(
      await this.#run(
        `${this.#set({ ...boundValues(sql, params), ...settings }, tag)}; ${marks.around(sql)}`,
      ),
    );
  }

  /**
   * The rows of a statement with `FORMAT Template`, in chunks, none of which is empty.
   *
   * Each chunk has marks of its own. A statement before the stream and one after it check that no other output comes before the first
   * chunk or stays after the last. The library itself tells the end of the rows from a failure.
   *
   * @throws EngineReplyMixed, or what the library throws
   */
  async *stream({ sql, settings, params, tag }: Statement): AsyncGenerator<Buffer> {
    const marks = new Marks(tag);
    // A stream takes no settings of its own, only those that were last set on its session, where nothing else runs.
    const all = {
      ...boundValues(sql, params),
      ...settings,
      format_template_resultset_format: marks.aroundChunk(),
    };
    marks.expectAlone(await this.#run(`${this.#set(all, tag)}; ${marks.alone()}`));
    for await (const chunk of this.#session.queryStream(sql)) {
      const rows = marks.cutChunk(asBuffer(chunk.raw()));
      if (rows.length > 0) yield rows;
    }
    const after = new Marks(randomUUID());
    after.expectAlone(await this.#run(after.alone()));
  }

  /** Resolves when every read sees the rows. */
  async insert({ table, columns, rows }: Omit<InsertRequest, 'fair_key'>): Promise<void> {
    await this.#session.insert({
      table,
      columns: [...columns],
      values: rows,
      format: 'TabSeparated',
      settings: { ...INSERT_SETTINGS },
    });
  }

  async change({ sql, settings, params, tag }: Statement): Promise<void> {
    await this.#run(`${this.#set({ ...boundValues(sql, params), ...settings }, tag)}; ${sql}`);
  }

  /** Runs a statement and ignores its output. */
  async command(sql: string): Promise<void> {
    await this.#run(sql);
  }

  /**
   * Closes the session, on which nothing may be running. Output that a statement left in it is taken out first: the library keeps a
   * closed session until all statements of all sessions have ended that run now. That could be many megabytes for a minute.
   */
  async close(): Promise<void> {
    await this.#run('SELECT 1 FORMAT Null').catch(() => undefined);
    this.#session.close();
  }

  /** The statement that gives the next one its settings, and takes back those of earlier ones, which a session keeps. */
  #set(settings: EngineSettings, tag: string): string {
    const all: EngineSettings = { ...settings, log_comment: tag };
    const back = [...this.#kept].filter((name) => !Object.hasOwn(all, name));
    // A value of a blank may stay: without one of its own, no statement with the blank is run.
    this.#kept = new Set(Object.keys(all).filter((name) => !name.startsWith('param_')));
    return setStatement(all, back);
  }

  async #run(sql: string): Promise<Buffer> {
    // A statement of its own, since the limit that applies to a statement is the one that was set before it.
    if (!this.#takes_long) await this.#session.queryAsync(`SET max_query_size = ${MAX_QUERY_SIZE}`);
    this.#takes_long = true;
    const result = await this.#session.queryAsync(sql, { format: 'TSV' });
    return asBuffer(result.bytes());
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
