import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { endOnCrash } from './embedded/crash-signals.js';
import { EventLoopFirst } from './embedded/event-loop-first.js';
import { insertFromFile, isPlainPath, partitionsInFile, type RowsInFile } from './embedded/from-file.js';
import { EmbeddedSession } from './embedded/session.js';
import { EngineTooSpread, type FileInserts, type InsertFileRequest } from './engine.js';
import { PooledEngine, type PoolOptions } from './pooled-engine.js';
import { type Partitions, slicesOf } from './slices.js';

export interface EmbeddedOptions extends PoolOptions {
  /** Directory of the store. One process at a time; a second one is refused by the engine's lock. */
  readonly path: string;
}

/** ClickHouse inside this process (chDB). */
export class EmbeddedEngine extends PooledEngine<EmbeddedSession> implements FileInserts {
  readonly #event_loop_first: EventLoopFirst;

  constructor(options: EmbeddedOptions) {
    super(options, () => new EmbeddedSession(options.path), 'when all has ended');
    endOnCrash();
    this.#event_loop_first = new EventLoopFirst();
    this.#event_loop_first.look();
  }

  async insertFile({ table, columns, file, partition, fair_key }: InsertFileRequest): Promise<void> {
    this.assertOpen();
    const typeOf = await this.columns.of(table);
    const statement = <T>(of: (rows: RowsInFile) => Promise<T>) =>
      withPlainPath(file, (path) => of({ columns, path, typeOf }));
    const insert = (only?: Partitions) =>
      statement((rows) =>
        this.write(fair_key, (session) => session.command(insertFromFile(table, rows, only))),
      );
    try {
      await insert();
    } catch (error) {
      if (!(error instanceof EngineTooSpread)) throw error;
      const slices = await statement((rows) => this.#slicesOf(rows, partition, fair_key));
      for (const only of slices) await insert(only);
    }
  }

  override async close(): Promise<void> {
    this.#event_loop_first.stop();
    await super.close();
  }

  /**
   * The partitions of rows, in slices that one insert may fill. This read is part of a write, so it uses a writing session: it does
   * not wait for reports, and takes none of their memory.
   */
  async #slicesOf(rows: RowsInFile, partition: string, fair_key: string): Promise<Partitions[]> {
    const statement = { sql: partitionsInFile(rows, partition), settings: {}, tag: randomUUID() };
    return slicesOf(partition, await this.write(fair_key, (session) => session.read(statement)));
  }
}

/**
 * Calls `work` with a path of the file in which the engine sees no pattern. It may be used for one statement: on some systems, all
 * who open `/dev/fd/N` share one position in the file.
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
