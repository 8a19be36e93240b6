import type { Attempt } from '@recuento/contract';
import { DeliveryClock } from './delivery-clock.js';
import type { Engine } from './engine/engine.js';
import { Journal } from './journal.js';
import { ATTEMPT_COLUMNS, attemptRow, monthOf } from './row.js';

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
  static async open(engine: Engine, journal_directory: string): Promise<AttemptStore> {
    const journal = await Journal.open(journal_directory);
    const store = new AttemptStore(engine, journal, new DeliveryClock(await lastDelivery(engine)));
    for await (const { id, content } of journal.left()) {
      await store.#insert(content, 'journal');
      await journal.remove(id);
    }
    return store;
  }

  /**
   * Stores one upload of an operation: all of it or nothing, also across a kill of the process. Resolves when it is
   * durable and every report sees it. Where two attempts have one identity, the later in the list holds.
   */
  async write(operation_id: number, attempts: readonly Attempt[]): Promise<void> {
    if (attempts.length === 0) return;
    const delivery = this.#deliveries.next();
    const months = new Set<number>();
    let ndjson = '';
    for (const attempt of attempts) {
      months.add(monthOf(attempt.dialed_at));
      ndjson += attemptRow(operation_id, delivery, attempt);
    }
    if (months.size === 1) {
      await this.#insert(ndjson, `operation ${operation_id}`);
      return;
    }
    const id = delivery.toString().padStart(20, '0'); // sorts by age
    await this.#journal.add(id, ndjson);
    await this.#insert(ndjson, `operation ${operation_id}`);
    await this.#journal.remove(id);
  }

  async #insert(ndjson: string, fair_key: string): Promise<void> {
    await this.#engine.insert({ table: 'attempts', columns: ATTEMPT_COLUMNS, ndjson, fair_key });
  }
}

async function lastDelivery(engine: Engine): Promise<bigint> {
  const bytes = await engine.read({
    sql: 'SELECT max(delivery) FROM attempts FORMAT TSV',
    fair_key: 'start',
    max_ms: 300_000, // a full scan of one column; minutes only at tens of billions of rows
  });
  return BigInt(bytes.toString().trim());
}
