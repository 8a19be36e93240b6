import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { AttemptRows } from '../../attempts/attempt-rows.js';
import { RowIdentity } from '../../attempts/row-identity.js';
import type { Leg } from '../reading/leg.js';
import type { Tally } from './tally.js';
import { type LegOf, WaitingRows } from './waiting-rows.js';

/** Stores rows of an operation, which have these campaigns. @throws what the store throws */
export type StoreRows = (campaign_ids: Iterable<number>, rows: AttemptRows) => Promise<void>;

/**
 * Attempts written at once. Each write is a part that the engine merges into larger ones later, so few large writes
 * cost it less than many small ones. As many again are held at least, so that the legs of a call meet in memory: they
 * are near each other in a file, and those that are not meet in the store. About 100 MB for all that wait.
 */
const BATCH = 200_000;
/** Rows from which a batch is written as two inserts at the same time. */
const WORTH_HALVING = 50_000;
/** Rows that are looked at before other requests get their turn: some milliseconds. */
const ROWS_A_TURN = 5_000;

/**
 * Joins legs to attempts where they meet: of each call and telephone the strongest leg is written. Those that do not meet
 * here meet in the store, where their ranks decide. So the order of the legs makes no difference, nor does which file
 * they came in.
 */
export class Joiner {
  /** Two generations of held rows: when the young are enough for a batch, the old are written and the young age. */
  #young = new WaitingRows();
  #old = new WaitingRows();
  readonly #store: StoreRows;
  readonly #tally: Tally;
  readonly #give_turn: GiveTurn;
  /** That of the leg under way. */
  readonly #identity = new RowIdentity();
  #writing: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(store: StoreRows, tally: Tally, give_turn: GiveTurn) {
    this.#store = store;
    this.#tally = tally;
    this.#give_turn = give_turn;
  }

  add(of: LegOf, leg: Leg): void {
    const young = this.#young;
    const identity = this.#identity;
    young.draft(of, leg, identity);
    for (const held of [young, this.#old]) {
      if (held.size === 0) continue;
      const entry = held.find(identity, young.raw);
      if (entry < 0) continue;
      this.#tally.joined += 1;
      const row = young.takeDraft();
      identity.read(row, 0);
      held.join(entry, identity, row, leg.code);
      return;
    }
    young.keepDraft(identity, leg.code);
  }

  /**
   * To be awaited between lines: writes when enough is held. One batch is written while the next is read, never two,
   * so a slow store slows the reading down.
   *
   * @throws what the store throws
   */
  async relieve(): Promise<void> {
    if (this.#young.size < BATCH) return;
    await this.#settled();
    if (this.#old.size > 0) this.#start(this.#old);
    this.#old = this.#young;
    this.#young = new WaitingRows(this.#old.capacity);
  }

  /** Writes all that is held; resolves when it is durable. @throws what the store throws */
  async finish(): Promise<void> {
    await this.#settled();
    const last = [this.#old, this.#young].filter(({ size }) => size > 0);
    this.#old = new WaitingRows();
    this.#young = new WaitingRows();
    // Both at once: nothing is read any more that they would hold up.
    await allEnded(last.map((batch) => this.#write(batch)));
  }

  #start(batch: WaitingRows): void {
    // Kept, not thrown: nobody may be waiting yet.
    this.#writing = this.#write(batch).catch((error: unknown) => {
      this.#failure = { error };
    });
  }

  async #settled(): Promise<void> {
    await this.#writing;
    if (this.#failure) throw this.#failure.error;
  }

  async #write(batch: WaitingRows): Promise<void> {
    const turns = new Turns({ items: ROWS_A_TURN, bytes: Number.POSITIVE_INFINITY }, this.#give_turn);
    for (let from = 0; from < batch.entries; from += ROWS_A_TURN) {
      if (from > 0) await turns.give();
      batch.forEach(from, from + ROWS_A_TURN, (_, code) => this.#tally.ended(code));
    }
    const { campaigns } = batch;
    const rows = batch.handOver();
    const { count } = rows;
    // The engine writes an insert in one thread, and reading would wait for it.
    const half = count < WORTH_HALVING ? undefined : rows.split(Math.floor(count / 2));
    await allEnded([this.#store(campaigns, rows), ...(half ? [this.#store(campaigns, half)] : [])]);
    this.#tally.stored += count;
  }
}

/** Rejects as the first that does, and not before all have ended: what comes behind a failure could not be taken back. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(works)) if (one.status === 'rejected') throw one.reason;
}
