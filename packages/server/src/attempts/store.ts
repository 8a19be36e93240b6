import type { AttemptRows } from './attempt-rows.js';
import type { Deliveries } from './deliveries.js';
import { LocalDeliveries, type LocalOptions } from './durable/local-deliveries.js';
import { type Engine, EngineUnavailable, type FileInserts, type RowInserts } from './engine/engine.js';
import type { NextDeliveries } from './next-deliveries.js';
import { SharedDeliveries, type SharedOptions } from './shared/shared-deliveries.js';
import { Unsettled, type UnsettledOptions } from './unsettled.js';
import type { WriteGuard } from './write-guard.js';

interface AnyStoreOptions extends Omit<UnsettledOptions, 'insert' | 'taken'> {
  readonly nextDeliveries: NextDeliveries;
}

/** Options of a store in this process. */
export interface StoreOptions extends AnyStoreOptions, LocalOptions {}

/** Options of a store on servers, which other processes share. */
export interface SharedStoreOptions extends AnyStoreOptions, SharedOptions {}

/** How a delivery is written. */
export interface Delivery {
  /** Its number; the next one when absent. */
  readonly delivery?: number | undefined;
  /** Called before the engine is given anything: until then nothing can be visible. */
  readonly onBegin?: () => void;
}

/** Writes attempts. Reading them is what `reports/` does. */
export class AttemptStore {
  readonly #deliveries: Deliveries;
  readonly #unsettled: Unsettled;
  readonly #nextDeliveries: NextDeliveries;
  readonly #writing: WriteGuard;
  /** Takeovers run one after another. */
  #taking_over: Promise<void> = Promise.resolve();

  private constructor(deliveries: Deliveries, options: AnyStoreOptions) {
    this.#deliveries = deliveries;
    this.#unsettled = new Unsettled(deliveries, {
      ...options,
      insert: (entry, operation_id, rows) => deliveries.insert(entry, operation_id, rows),
      taken: (entry, bytes) => deliveries.taken(entry, bytes),
    });
    this.#nextDeliveries = options.nextDeliveries;
    this.#writing = options.writing;
  }

  /**
   * Stores again what a stop left half done, and then resolves. What cannot be stored now is stored later. The schema must be there.
   */
  static async open(engine: Engine & FileInserts, options: StoreOptions): Promise<AttemptStore> {
    const deliveries = await LocalDeliveries.open(engine, options);
    const store = new AttemptStore(deliveries, options);
    try {
      await store.#unsettled.tellAside();
      await deliveries.settleAside(await store.#unsettled.replay());
      return store;
    } catch (error) {
      await store.#abandon();
      throw error;
    }
  }

  /** The same on servers. What another process left is finished by `takeOver`. */
  static async openShared(engine: RowInserts, options: SharedStoreOptions): Promise<AttemptStore> {
    const store = new AttemptStore(new SharedDeliveries(engine, options), options);
    try {
      await store.#unsettled.tellAside();
      return store;
    } catch (error) {
      await store.#abandon();
      throw error;
    }
  }

  /**
   * Stores rows of an operation: all of them or none, also across a kill of the process or a power cut. Resolves when they are
   * durable and every report sees them. Of two rows with one identity, the later one holds. The rows must not change meanwhile.
   *
   * The engine makes a block visible month by month and table by table, so the rows are first made durable as an entry. When the
   * engine then fails, part of the rows may be there. The entry is stored again, whole and under the same delivery number, until that
   * succeeds. The sender, who sees the failure, may send the rows again all the same.
   */
  async write(operation_id: number, rows: AttemptRows, { delivery, onBegin }: Delivery = {}): Promise<void> {
    if (rows.count === 0) return;
    if (this.#unsettled.isFull(operation_id)) {
      throw new EngineUnavailable('too much of the operation waits to be stored again');
    }
    await this.#deliveries.room();
    rows.stamp(delivery ?? (await this.#nextDeliveries(operation_id, 1)));
    const { bytes } = rows;
    await this.#writing(bytes.length, async () => {
      const entry = await this.#deliveries.add(operation_id, rows);
      onBegin?.();
      try {
        await this.#deliveries.insert(entry, operation_id, bytes);
      } catch (error) {
        await this.#unsettled.add(entry, operation_id, bytes.length, error);
        throw error;
      }
      this.#deliveries.taken(entry, bytes.length);
    });
  }

  /**
   * Resolves when no rows of an import that were taken in before this was called can still come into the store.
   *
   * @throws EngineUnavailable when some of them wait to be stored again
   */
  async settle(operation_id: number, import_number: number): Promise<void> {
    if (this.#unsettled.bytesOf(operation_id) > 0) {
      throw new EngineUnavailable('attempts wait to be stored again');
    }
    await this.#deliveries.settle(operation_id, import_number);
  }

  /** Stores the entries that this process has taken over from another one. What cannot be stored now is stored later. */
  takeOver(): Promise<void> {
    const taken = this.#taking_over.then(async () => {
      await this.#unsettled.replay();
    });
    this.#taking_over = taken.catch(() => undefined);
    return taken;
  }

  /**
   * Resolves when everything is durable that the attempts' tables had when this was called. It is needed for changes that do not go
   * through `write`: no journal entry keeps those across a kill.
   */
  checkpoint(): Promise<void> {
    return this.#deliveries.checkpoint();
  }

  /** To be called after the last write and before the engine is closed. */
  async close(): Promise<void> {
    await this.#taking_over;
    await this.#unsettled.close();
    await this.#deliveries.close();
  }

  /** Ends all tries: after a failed `open` the caller closes the engine. */
  async #abandon(): Promise<void> {
    await this.#unsettled.close();
    await this.#deliveries.abandon();
  }
}
