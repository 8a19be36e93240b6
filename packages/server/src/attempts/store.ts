import { setImmediate } from 'node:timers/promises';
import type { Attempt } from '@recuento/contract';
import { DeliveryClock } from './delivery-clock.js';
import type { Engine } from './engine/engine.js';
import { Journal } from './journal.js';
import { ATTEMPT_COLUMNS, attemptRow, countMonths } from './row.js';

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
    return new AttemptStore(engine, journal, new DeliveryClock(await lastDelivery(engine), now_ms));
  }

  /**
   * Stores one upload of an operation: all of it or nothing, also across a kill of the process. Resolves when it is
   * durable and every report sees it. Where two attempts have one identity, the later in the list holds.
   */
  async write(operation_id: number, attempts: readonly Attempt[]): Promise<void> {
    if (attempts.length === 0) return;
    const rows = await rowsOf(operation_id, this.#deliveries.next(), attempts);
    if (countMonths(attempts) === 1) {
      await insert(this.#engine, rows, `operation ${operation_id}`);
      return;
    }
    const entry = await this.#journal.add(rows);
    await insert(this.#engine, rows, `operation ${operation_id}`);
    await this.#journal.remove(entry);
  }
}

async function insert(engine: Engine, rows: Buffer, fair_key: string): Promise<void> {
  await engine.insert({ table: 'attempts', columns: ATTEMPT_COLUMNS, rows, fair_key });
}

/** Rows that are written out before other requests get their turn: about ten milliseconds. */
const ROWS_A_TURN = 10_000;

async function rowsOf(operation_id: number, delivery: bigint, attempts: readonly Attempt[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let at = 0; at < attempts.length; at += ROWS_A_TURN) {
    if (at > 0) await setImmediate();
    let text = '';
    for (const attempt of attempts.slice(at, at + ROWS_A_TURN))
      text += attemptRow(operation_id, delivery, attempt);
    parts.push(Buffer.from(text));
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

async function lastDelivery(engine: Engine): Promise<bigint> {
  const bytes = await engine.read({
    sql: 'SELECT max(delivery) FROM attempts FORMAT TSV',
    fair_key: 'start',
    max_ms: 300_000, // a full scan of one column; minutes only at tens of billions of rows
  });
  return BigInt(bytes.toString().trim());
}
