import type { AttemptRows } from './attempt-rows.js';
import { ATTEMPT_COLUMNS } from './attempt-rows.js';
import { DeliveryClock } from './delivery-clock.js';
import { type Engine, EngineUnavailable } from './engine/engine.js';
import { Journal } from './journal.js';
import { lastDelivery } from './last-delivery.js';
import type { Aside } from './set-aside.js';
import { Unsettled, type UnsettledOptions } from './unsettled.js';
import type { WriteGuard } from './write-guard.js';

export interface StoreOptions extends Omit<UnsettledOptions, 'insert'> {
  /** Directory of the journal. */
  readonly journal: string;
  /** What may be set aside in it. */
  readonly aside_max?: Aside;
  readonly now_ms: () => number;
}

/** Writes attempts. Reading them is what `reports/` does. */
export class AttemptStore {
  readonly #engine: Engine;
  readonly #journal: Journal;
  readonly #deliveries: DeliveryClock;
  readonly #unsettled: Unsettled;
  readonly #writing: WriteGuard;

  private constructor(
    engine: Engine,
    journal: Journal,
    deliveries: DeliveryClock,
    unsettled: Unsettled,
    writing: WriteGuard,
  ) {
    this.#engine = engine;
    this.#journal = journal;
    this.#deliveries = deliveries;
    this.#unsettled = unsettled;
    this.#writing = writing;
  }

  /**
   * Finishes what a stop left half done, then is ready; what cannot be finished now is finished later. The schema must be
   * there.
   */
  static async open(engine: Engine, options: StoreOptions): Promise<AttemptStore> {
    const journal = await Journal.open(options.journal, options.aside_max);
    const unsettled = new Unsettled(journal, {
      ...options,
      insert: (rows, operation_id) => insert(engine, rows, operation_id),
    });
    try {
      const left = await unsettled.replay();
      // Not before: the last delivery of all may have been in the journal, and may still be.
      const stored = await lastDelivery(engine, 'attempts');
      const deliveries = new DeliveryClock(left > stored ? left : stored, options.now_ms);
      return new AttemptStore(engine, journal, deliveries, unsettled, options.writing);
    } catch (error) {
      // Nothing may be tried again on an engine that whoever opened it closes now.
      await unsettled.close();
      await journal.close();
      throw error;
    }
  }

  /**
   * Stores rows of an operation: all of them or none, also across a kill of the process. Resolves when they are durable
   * and every report sees them. Where two have one identity, the later one holds. The rows may not change meanwhile.
   *
   * The engine makes a block visible month by month and table by table, so it is written to the journal first. When the
   * engine then fails, part of it may be there: it is stored again, whole and under the same delivery number, until it is,
   * and whoever was told of the failure may send it again all the same.
   *
   * @param onBegin called before the engine is given anything: until then nothing can be visible
   */
  async write(operation_id: number, rows: AttemptRows, onBegin: () => void = () => undefined): Promise<void> {
    if (rows.count === 0) return;
    if (this.#unsettled.isFull(operation_id)) {
      throw new EngineUnavailable('too much of the operation waits to be stored again');
    }
    rows.stamp(this.#deliveries.next());
    const { bytes } = rows;
    await this.#writing(bytes.length, async () => {
      const entry = await this.#journal.add(bytes);
      onBegin();
      try {
        await insert(this.#engine, bytes, operation_id);
      } catch (error) {
        await this.#unsettled.add(entry, operation_id, bytes.length, error);
        throw error;
      }
      // Stored is stored: an entry that stays is stored once more, which changes nothing.
      await this.#journal
        .remove(entry)
        .catch((error) => this.#unsettled.add(entry, operation_id, bytes.length, error));
    });
  }

  /** To be called when nothing is written any more, and before the engine is closed. */
  async close(): Promise<void> {
    await this.#unsettled.close();
    await this.#journal.close();
  }
}

async function insert(engine: Engine, rows: Buffer, operation_id: number): Promise<void> {
  const fair_key = `operation ${operation_id}`;
  await engine.insert({ table: 'attempts', columns: ATTEMPT_COLUMNS, rows, fair_key });
}
