import type { AttemptRows } from '../attempts/attempt-rows.js';
import { RowIdentity } from '../attempts/row-identity.js';
import { type GiveTurn, Turns } from '../attempts/turns.js';
import { HeldRows } from './held-rows.js';
import type { Leg } from './leg.js';
import type { SeenIdentity } from './seen.js';
import type { Tally } from './tally.js';

/** Where joined attempts go, and what is there already, of one operation and campaign. */
export interface AttemptSink {
  readonly operation_id: number;
  readonly campaign_id: number;
  /** Tells of each of a number of attempts whether the store may have it; no only when it surely has not. */
  mayExist(attempts: number): Promise<(identity: SeenIdentity) => boolean>;
  /** What the store has of these, of one identity the latest last; perhaps more than was asked for. */
  existing(rows: AttemptRows): Promise<AttemptRows>;
  store(rows: AttemptRows): Promise<void>;
  /** Runs `work` while no other import of the campaign does: what it read holds until it has written. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Attempts written at once. Each write is a part that the engine merges into larger ones later, so few large writes
 * cost it less than many small ones. As many again are held at least, so that the legs of a call meet in memory: they
 * are near each other in a file, and those that are not meet in the store. About 100 MB for all that wait.
 */
const BATCH = 200_000;
/** Rows from which a batch is written as two inserts at the same time. */
const WORTH_HALVING = 50_000;
/** Rows that are looked at before other requests get their turn: some milliseconds, also where the store may have them. */
const ROWS_A_TURN = 5_000;
/** Attempts that the store may have wait until there are so many: looking them up reads the whole campaign. */
const DOUBTFUL_MAX = 50_000;

/**
 * Joins legs to attempts: the strongest leg of each call and telephone is what is stored, and never anything weaker
 * than what the store has. The order of the legs makes no difference, nor does which file they came in.
 */
export class Joiner {
  /** Two generations of held rows: when the young are enough for a batch, the old are written and the young age. */
  #young = new HeldRows();
  #old = new HeldRows();
  #doubtful = new HeldRows();
  readonly #sink: AttemptSink;
  readonly #tally: Tally;
  readonly #give_turn: GiveTurn;
  /** That of the leg under way. */
  readonly #identity = new RowIdentity();
  #writing: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(sink: AttemptSink, tally: Tally, give_turn: GiveTurn) {
    this.#sink = sink;
    this.#tally = tally;
    this.#give_turn = give_turn;
  }

  add(leg: Leg): void {
    const young = this.#young;
    const identity = this.#identity;
    young.draft(this.#sink.operation_id, this.#sink.campaign_id, leg, identity);
    for (const held of [young, this.#old, this.#doubtful]) {
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
    this.#young = new HeldRows(this.#old.capacity);
  }

  /** Writes all that is held; resolves when it is durable. @throws what the store throws */
  async finish(): Promise<void> {
    for (const batch of [this.#old, this.#young]) {
      await this.#settled();
      if (batch.size > 0) this.#start(batch);
    }
    this.#old = new HeldRows();
    this.#young = new HeldRows();
    await this.#settled();
    await this.#lookUp();
  }

  #start(batch: HeldRows): void {
    // Kept, not thrown: nobody may be waiting yet.
    this.#writing = this.#write(batch).catch((error: unknown) => {
      this.#failure = { error };
    });
  }

  async #settled(): Promise<void> {
    await this.#writing;
    if (this.#failure) throw this.#failure.error;
  }

  /** Stores what is surely new; the rest waits for its look-up. */
  async #write(batch: HeldRows): Promise<void> {
    await this.#sink.alone(async () => {
      const mayExist = await this.#sink.mayExist(batch.size);
      const identity = new RowIdentity();
      const turns = rowTurns(this.#give_turn);
      for (let from = 0; from < batch.entries; from += ROWS_A_TURN) {
        if (from > 0) await turns.give();
        batch.forEach(from, from + ROWS_A_TURN, (entry, code) => {
          batch.read(entry, identity);
          if (mayExist(identity)) {
            this.#doubt(batch.row(entry), code);
            batch.drop(entry);
          } else {
            this.#tally.ended(code);
          }
        });
      }
      const news = batch.give();
      const { count } = news;
      // The engine writes an insert in one thread, and reading would wait for it.
      const half = count < WORTH_HALVING ? undefined : news.split(Math.floor(count / 2));
      await Promise.all([this.#sink.store(news), half && this.#sink.store(half)]);
      this.#tally.stored += count;
    });
    if (this.#doubtful.size >= DOUBTFUL_MAX) await this.#lookUp();
  }

  #doubt(row: Buffer, code: Leg['code']): void {
    const identity = new RowIdentity();
    identity.read(row, 0);
    const known = this.#doubtful.find(identity, row);
    if (known < 0) {
      this.#doubtful.add(identity, row, code);
    } else {
      this.#tally.joined += 1;
      this.#doubtful.join(known, identity, row, code);
    }
  }

  /** Stores of the doubtful what is new to the store, or stronger than what it has. */
  async #lookUp(): Promise<void> {
    const doubtful = this.#doubtful;
    this.#doubtful = new HeldRows();
    if (doubtful.size === 0) return;
    await this.#sink.alone(async () => {
      const asked = doubtful.size;
      const turns = rowTurns(this.#give_turn);
      for (let from = 0; from < doubtful.entries; from += ROWS_A_TURN) {
        if (from > 0) await turns.give();
        doubtful.forEach(from, from + ROWS_A_TURN, (_, code) => this.#tally.ended(code));
      }
      const known = await this.#sink.existing(doubtful.rows);
      const identity = new RowIdentity();
      for (const [entry, row] of await latestOf(known, doubtful, turns)) {
        if (turns.isOver(0)) await turns.give();
        const { start, end } = known.bounds(row);
        const stored = known.raw.subarray(start, end);
        identity.read(stored, 0);
        if (doubtful.compareTold(entry, identity, stored) <= 0) doubtful.drop(entry);
      }
      const news = doubtful.give();
      await this.#sink.store(news);
      this.#tally.stored += news.count;
      this.#tally.unchanged += asked - news.count;
    });
  }
}

const rowTurns = (give_turn: GiveTurn) =>
  new Turns({ items: ROWS_A_TURN, bytes: Number.POSITIVE_INFINITY }, give_turn);

/** By entry of `held`, the last row of `known` that has its identity. */
async function latestOf(known: AttemptRows, held: HeldRows, turns: Turns): Promise<Map<number, number>> {
  const latest = new Map<number, number>();
  const identity = new RowIdentity();
  for (let row = 0; row < known.count; row += 1) {
    if (turns.isOver(0)) await turns.give();
    identity.read(known.raw, known.bounds(row).start);
    const entry = held.find(identity, known.raw);
    if (entry >= 0) latest.set(entry, row);
  }
  return latest;
}
