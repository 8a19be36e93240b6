import { randomUUID } from 'node:crypto';
import type { Session } from 'chdb';
import type { EngineSettings, InsertRequest } from '../engine.js';
import { Marks } from '../marks.js';
import type { Session as EngineSession, Statement } from '../session.js';
import { INSERT_SETTINGS, MAX_QUERY_SIZE } from '../settings.js';
import { engineLibrary } from './library.js';
import { boundValues, setStatement } from './set-statement.js';

/**
 * One of the library's sessions: it runs one statement at a time. It is used until a statement on it does not end well,
 * and never again: what that statement wrote may still lie in it.
 */
export class EmbeddedSession implements EngineSession {
  readonly #session: Session;
  #takes_long = false;

  /** Opens it, in less than a millisecond where the store is open. @throws EngineMissing, or what the library throws */
  constructor(path: string) {
    const { Session } = engineLibrary();
    this.#session = new Session(path);
  }

  /** What a statement wrote, whole and its own. @throws EngineReplyMixed, or what the library throws */
  async read({ sql, settings, params, tag }: Statement): Promise<Buffer> {
    const marks = new Marks(tag);
    return marks.cut(
      await this.#run(`${told({ ...boundValues(params), ...settings }, tag)}; ${marks.around(sql)}`),
    );
  }

  /**
   * The rows of a statement with `FORMAT Template`, in chunks, none of which is empty.
   *
   * Each chunk has marks of its own. That nothing was there before the first and that nothing is left behind the last is
   * seen by a statement before and one behind. The library tells the end of the rows from a failure.
   *
   * @throws EngineReplyMixed, or what the library throws
   */
  async *stream({ sql, settings, params, tag }: Statement): AsyncGenerator<Buffer> {
    const marks = new Marks(tag);
    // A stream takes no settings of its own, but those that its session was told last; nothing else runs on it.
    const all = {
      ...boundValues(params),
      ...settings,
      format_template_resultset_format: marks.aroundChunk(),
    };
    marks.expectAlone(await this.#run(`${told(all, tag)}; ${marks.alone()}`));
    for await (const chunk of this.#session.queryStream(sql)) {
      const rows = marks.cutChunk(asBuffer(chunk.raw()));
      if (rows.length > 0) yield rows;
    }
    const behind = new Marks(randomUUID());
    behind.expectAlone(await this.#run(behind.alone()));
  }

  /** Resolves when every read sees the rows. */
  async insert({ table, columns, rows }: Omit<InsertRequest, 'fair_key'>): Promise<void> {
    // The client of the port's other engine would make a string of the bytes; this hands them over as they are.
    await this.#session.insert({
      table,
      columns: [...columns],
      values: rows,
      format: 'TabSeparated',
      settings: { ...INSERT_SETTINGS },
    });
  }

  /** Runs a statement whose output is nobody's to see. */
  async command(sql: string): Promise<void> {
    await this.#run(sql);
  }

  /**
   * Closes a session that nothing runs on. What a statement left in it is taken out first: the library keeps a closed
   * session until all statements of all sessions have ended that run now, and that may be many megabytes for a minute.
   */
  async close(): Promise<void> {
    await this.#run('SELECT 1 FORMAT Null').catch(() => undefined);
    this.#session.close();
  }

  async #run(sql: string): Promise<Buffer> {
    // In a statement of its own: the limit that a statement is read by is the one that was told before it.
    if (!this.#takes_long) await this.#session.queryAsync(`SET max_query_size = ${MAX_QUERY_SIZE}`);
    this.#takes_long = true;
    const result = await this.#session.queryAsync(sql, { format: 'TSV' });
    return asBuffer(result.bytes());
  }
}

function told(settings: EngineSettings, tag: string): string {
  return setStatement({ ...settings, log_comment: tag });
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
