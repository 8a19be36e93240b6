import type { AttemptRows } from './attempt-rows.js';
import { type CheckpointOptions, Checkpoints } from './durable/checkpoints.js';
import { type DurableOptions, DurableParts } from './durable/durable-parts.js';
import { type Engine, EngineUnavailable, type FileInserts } from './engine/engine.js';
import { Journal } from './journal.js';
import type { NextDeliveries } from './next-deliveries.js';
import { ATTEMPT_COLUMNS } from './row-layout.js';
import type { Aside } from './set-aside.js';
import { insertText, isTextEntry } from './text-entries.js';
import { Unsettled, type UnsettledOptions } from './unsettled.js';
import type { WriteGuard } from './write-guard.js';

/** What attempts are inserted into. */
const TABLE = 'told';
/** How it is partitioned. */
const PARTITION = 'toYYYYMM(dialed_at)';

export interface StoreOptions extends Omit<UnsettledOptions, 'insert' | 'taken'> {
  /** Directory of the journal. */
  readonly journal: string;
  /** What may be set aside in it. */
  readonly aside_max?: Aside;
  readonly nextDeliveries: NextDeliveries;
  /** Where the engine's parts are, and the list of those that are on disk. */
  readonly durable: DurableOptions;
  /** When what the engine has taken is brought to the disk. */
  readonly checkpoints?: Pick<CheckpointOptions, 'times' | 'bounds'>;
}

/** How a delivery is written. */
export interface Delivery {
  /** Its number; the next one when absent. */
  readonly delivery?: number | undefined;
  /** Called before the engine is given anything: until then nothing can be visible. */
  readonly onBegin?: () => void;
}

interface Parts {
  readonly journal: Journal;
  readonly unsettled: Unsettled;
  readonly checkpoints: Checkpoints;
  readonly durable: DurableParts;
}

/** Writes attempts. Reading them is what `reports/` does. */
export class AttemptStore {
  readonly #engine: FileInserts;
  readonly #journal: Journal;
  readonly #nextDeliveries: NextDeliveries;
  readonly #unsettled: Unsettled;
  readonly #checkpoints: Checkpoints;
  readonly #durable: DurableParts;
  readonly #writing: WriteGuard;

  private constructor(engine: FileInserts, parts: Parts, { nextDeliveries, writing }: StoreOptions) {
    this.#engine = engine;
    this.#journal = parts.journal;
    this.#nextDeliveries = nextDeliveries;
    this.#unsettled = parts.unsettled;
    this.#checkpoints = parts.checkpoints;
    this.#durable = parts.durable;
    this.#writing = writing;
  }

  /**
   * Finishes what a stop left half done, then is ready; what cannot be finished now is finished later. The schema must be
   * there.
   */
  static async open(engine: Engine & FileInserts, options: StoreOptions): Promise<AttemptStore> {
    // First of all: from here on there is a list of what is on disk, and all that comes is in the journal.
    const durable = await DurableParts.open(engine, TABLE, options.durable);
    const journal = await Journal.open(options.journal, options.aside_max);
    const checkpoints = new Checkpoints(journal, {
      ...options.checkpoints,
      sync: () => durable.sync(),
      onFailure: (error) => options.durable.report({ kind: 'sync failed', error }),
    });
    const unsettled = new Unsettled(journal, {
      ...options,
      insert: (entry, operation_id, rows) =>
        isTextEntry(entry)
          ? insertText(engine, TABLE, rows, ownerOf(operation_id))
          : insert(engine, journal.pathOf(entry), operation_id),
      taken: (entry, bytes) => checkpoints.taken(entry, bytes),
    });
    try {
      const is_whole = await unsettled.replay();
      await settleAside(durable, is_whole, options.durable);
      return new AttemptStore(engine, { journal, unsettled, checkpoints, durable }, options);
    } catch (error) {
      // Nothing may be tried again on an engine that whoever opened it closes now.
      await unsettled.close();
      checkpoints.abandon();
      await journal.close();
      throw error;
    }
  }

  /**
   * Stores rows of an operation: all of them or none, also across a kill of the process or a power cut. Resolves when they are
   * durable and every report sees them. Where two have one identity, the later one holds. The rows may not change meanwhile.
   *
   * They are durable in the journal, which is written first: the engine makes a block visible month by month and table by
   * table, and it brings nothing to the disk before a checkpoint. When the engine then fails, part of it may be there: it is
   * stored again, whole and under the same delivery number, until it is, and whoever was told of the failure may send it
   * again all the same.
   */
  async write(operation_id: number, rows: AttemptRows, { delivery, onBegin }: Delivery = {}): Promise<void> {
    if (rows.count === 0) return;
    if (this.#unsettled.isFull(operation_id)) {
      throw new EngineUnavailable('too much of the operation waits to be stored again');
    }
    await this.#checkpoints.room();
    rows.stamp(delivery ?? (await this.#nextDeliveries(operation_id, 1)));
    const { bytes } = rows;
    await this.#writing(bytes.length, async () => {
      const entry = await this.#journal.add(bytes);
      onBegin?.();
      try {
        await insert(this.#engine, this.#journal.pathOf(entry), operation_id);
      } catch (error) {
        await this.#unsettled.add(entry, operation_id, bytes.length, error);
        throw error;
      }
      this.#checkpoints.taken(entry, bytes.length);
    });
  }

  /** Whether nothing of an operation waits to be stored again. */
  isSettled(operation_id: number): boolean {
    return this.#unsettled.bytesOf(operation_id) === 0;
  }

  /**
   * Resolves when everything is on disk that the tables of the attempts have by now. For what comes into them by another way
   * than `write`: nothing else keeps that over a kill.
   */
  checkpoint(): Promise<void> {
    return this.#checkpoints.now();
  }

  /** To be called when nothing is written any more, and before the engine is closed. */
  async close(): Promise<void> {
    try {
      await this.#unsettled.close();
      await this.#durable.stopMerges();
      await this.#checkpoints.close();
    } finally {
      this.#checkpoints.abandon();
      await this.#journal.close();
    }
  }
}

/** @param file that has the rows and nothing else */
function insert(engine: FileInserts, file: string, operation_id: number): Promise<void> {
  const fair_key = ownerOf(operation_id);
  return engine.insertFile({ table: TABLE, columns: ATTEMPT_COLUMNS, file, partition: PARTITION, fair_key });
}

function ownerOf(operation_id: number): string {
  return `operation ${operation_id}`;
}

/** What a start set aside of the engine's parts came again from the journal, unless that is not whole. */
async function settleAside(
  durable: DurableParts,
  is_whole: boolean,
  { report }: DurableOptions,
): Promise<void> {
  if (is_whole) return durable.dropAside();
  for (const path of await durable.aside()) report({ kind: 'aside kept', path });
}
