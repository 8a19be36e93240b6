import type { AttemptRows } from './attempt-rows.js';
import { ATTEMPT_COLUMNS } from './attempt-rows.js';
import { DeliveryClock } from './delivery-clock.js';
import type { Engine } from './engine/engine.js';
import { Journal } from './journal.js';
import { lastDelivery } from './last-delivery.js';

/** Writes attempts. Reading them is what `reports/` does. */
export class AttemptStore {
  readonly #engine: Engine;
  readonly #journal: Journal;
  readonly #deliveries: DeliveryClock;

  private constructor(engine: Engine, journal: Journal, deliveries: DeliveryClock) {
    this.#engine = engine;
    this.#journal = journal;
    this.#deliveries = deliveries;
  }

  /** Finishes what a stop left half done, then is ready. The schema must be there. */
  static async open(
    engine: Engine,
    journal_directory: string,
    now_ms: () => number = Date.now,
  ): Promise<AttemptStore> {
    const journal = await Journal.open(journal_directory);
    for await (const { entry, rows } of journal.left()) {
      await insert(engine, rows, 'journal');
      await journal.remove(entry);
    }
    // Not before: the last delivery of all may have been in the journal.
    return new AttemptStore(
      engine,
      journal,
      new DeliveryClock(await lastDelivery(engine, 'attempts'), now_ms),
    );
  }

  /**
   * Stores rows of an operation: all of them or none, also across a kill of the process. Resolves when they are durable
   * and every report sees them. Where two have one identity, the later one holds. The rows may not change meanwhile.
   *
   * The engine makes a block visible month by month and table by table, so it is written to the journal first.
   */
  async write(operation_id: number, rows: AttemptRows): Promise<void> {
    if (rows.count === 0) return;
    rows.stamp(this.#deliveries.next());
    const entry = await this.#journal.add(rows.bytes);
    await insert(this.#engine, rows.bytes, `operation ${operation_id}`);
    await this.#journal.remove(entry);
  }
}

async function insert(engine: Engine, rows: Buffer, fair_key: string): Promise<void> {
  await engine.insert({ table: 'attempts', columns: ATTEMPT_COLUMNS, rows, fair_key });
}
