import type { AttemptRows } from '../attempt-rows.js';
import type { Deliveries } from '../deliveries.js';
import type { Engine, FileInserts } from '../engine/engine.js';
import { Journal } from '../journal.js';
import { ATTEMPT_COLUMNS } from '../row-layout.js';
import type { Aside } from '../set-aside.js';
import { ATTEMPTS_PARTITION, ATTEMPTS_TABLE, ownerOf } from '../stored-in.js';
import { insertText, isTextEntry } from '../text-entries.js';
import { type CheckpointOptions, Checkpoints } from './checkpoints.js';
import { type DurableOptions, DurableParts } from './durable-parts.js';

export interface LocalOptions {
  /** Directory of the journal. */
  readonly journal: string;
  /** How much may be set aside in it. */
  readonly aside_max?: Aside;
  /** Where the engine's parts are, and the list of the parts that are on disk. */
  readonly durable: DurableOptions;
  /** When checkpoints come. */
  readonly checkpoints?: Pick<CheckpointOptions, 'times' | 'bounds'>;
}

/**
 * Deliveries of a store that only this process uses. Each is durable in the journal beside the engine, and stays there until a
 * checkpoint has brought the engine's parts to the disk.
 */
export class LocalDeliveries implements Deliveries {
  readonly #engine: Engine & FileInserts;
  readonly #options: LocalOptions;
  readonly #journal: Journal;
  readonly #durable: DurableParts;
  readonly #checkpoints: Checkpoints;

  private constructor(
    engine: Engine & FileInserts,
    options: LocalOptions,
    journal: Journal,
    durable: DurableParts,
  ) {
    this.#engine = engine;
    this.#options = options;
    this.#journal = journal;
    this.#durable = durable;
    this.#checkpoints = new Checkpoints(journal, {
      ...options.checkpoints,
      sync: () => durable.sync(),
      onFailure: (error) => options.durable.report({ kind: 'sync failed', error }),
    });
  }

  /** The schema must be there. From here on there is a list of the parts on disk, and every insert is in the journal. */
  static async open(engine: Engine & FileInserts, options: LocalOptions): Promise<LocalDeliveries> {
    const durable = await DurableParts.open(engine, ATTEMPTS_TABLE, options.durable);
    const journal = await Journal.open(options.journal, options.aside_max);
    return new LocalDeliveries(engine, options, journal, durable);
  }

  /**
   * Deletes the engine's parts that a start set aside, since their rows were stored again from the journal.
   *
   * @param is_whole whether the whole journal was stored: if not, the parts are kept and reported
   */
  async settleAside(is_whole: boolean): Promise<void> {
    if (is_whole) return this.#durable.dropAside();
    for (const path of await this.#durable.aside())
      this.#options.durable.report({ kind: 'aside kept', path });
  }

  room(): Promise<void> {
    return this.#checkpoints.room();
  }

  add(_operation_id: number, rows: AttemptRows): Promise<string> {
    return this.#journal.add(rows.bytes);
  }

  insert(entry: string, operation_id: number, rows: Buffer): Promise<void> {
    const fair_key = ownerOf(operation_id);
    if (isTextEntry(entry)) return insertText(this.#engine, ATTEMPTS_TABLE, rows, fair_key);
    return this.#engine.insertFile({
      table: ATTEMPTS_TABLE,
      columns: ATTEMPT_COLUMNS,
      file: this.#journal.pathOf(entry),
      partition: ATTEMPTS_PARTITION,
      fair_key,
    });
  }

  taken(entry: string, bytes: number): void {
    this.#checkpoints.taken(entry, bytes);
  }

  left() {
    return this.#journal.left();
  }

  read(entry: string): Promise<Buffer> {
    return this.#journal.read(entry);
  }

  setAside(entry: string): Promise<string> {
    return this.#journal.setAside(entry);
  }

  aside(): Promise<Aside> {
    return this.#journal.aside();
  }

  checkpoint(): Promise<void> {
    return this.#checkpoints.now();
  }

  /** A start after a kill would store the import's rows again from the journal, so a checkpoint has to empty it first. */
  settle(): Promise<void> {
    return this.checkpoint();
  }

  async close(): Promise<void> {
    try {
      await this.#durable.stopMerges();
      await this.#checkpoints.close();
    } finally {
      await this.abandon();
    }
  }

  async abandon(): Promise<void> {
    this.#checkpoints.abandon();
    await this.#journal.close();
  }
}
