import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { AttemptRows } from '../../attempts/attempt-rows.js';
import { RowIdentity } from '../../attempts/row-identity.js';
import type { Leg } from '../reading/leg.js';
import type { Tally } from './tally.js';
import { type LegOf, WaitingRows } from './waiting-rows.js';

/** Stores rows of an operation, whose campaigns are given. @throws what the store throws */
export type StoreRows = (campaign_ids: Iterable<number>, rows: AttemptRows) => Promise<void>;

/**
 * Attempts in one write. Each write is a part that the engine merges into larger ones later, so a few large writes cost
 * it less than many small ones. At least as many again are held, so that the legs of a call meet in memory: usually they
 * are near each other in a file, and the others meet in the store. All that wait take about 100 MB.
 */
const BATCH = 200_000;
/** From so many rows on, a batch is written as two parallel inserts. */
const WORTH_HALVING = 50_000;
/** Rows that are processed before other requests get their turn: some milliseconds. */
const ROWS_A_TURN = 5_000;

/**
 * Joins the legs of each call and telephone to one attempt: the strongest leg is written. Legs that do not meet here meet
 * in the store, where their ranks decide. So neither the order of the legs nor the file that they came in makes a
 * difference.
 */
export class Joiner {
  /**
   * Two generations of held rows: when the young ones are enough for a batch, the old ones are written and the young
   * become old.
   */
  #young = new WaitingRows();
  #old = new WaitingRows();
  readonly #store: StoreRows;
  readonly #tally: Tally;
  readonly #give_turn: GiveTurn;
  /** The identity of the current leg. */
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
   * To be awaited between lines: writes when enough is held. One batch is written while the next is read, never two, so a
   * slow store slows down the reading.
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

  /** Writes everything that is held; resolves when it is durable. @throws what the store throws */
  async finish(): Promise<void> {
    await this.#settled();
    const last = [this.#old, this.#young].filter(({ size }) => size > 0);
    this.#old = new WaitingRows();
    this.#young = new WaitingRows();
    // Both at once: reading has ended, so they hold nothing up.
    await allEnded(last.map((batch) => this.#write(batch)));
  }

  #start(batch: WaitingRows): void {
    // The failure is kept, not thrown: nobody may be waiting yet.
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

/** Waits until all have ended, then rejects as the first one did: an insert that ended after the failure could not be undone. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(works)) if (one.status === 'rejected') throw one.reason;
}
