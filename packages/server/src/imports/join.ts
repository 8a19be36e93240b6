import { setImmediate } from 'node:timers/promises';
import type { Attempt } from '@recuento/contract';
import { type Identity, identityKey, type StoredAttempt } from '../attempts/existing.js';
import { attemptOf, compareEvidence, type Leg } from './leg.js';
import type { Tally } from './tally.js';

/** Where joined attempts go, and what is there already. Bound to one operation and campaign. */
export interface AttemptSink {
  /** Tells of each of a number of attempts whether the store may have it; no only when it surely has not. */
  mayExist(attempts: number): Promise<(identity: Identity) => boolean>;
  existing(identities: readonly Identity[]): Promise<ReadonlyMap<string, StoredAttempt>>;
  store(attempts: readonly Attempt[]): Promise<void>;
  /** Runs `work` while no other import of the campaign does: what it read holds until it has written. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Attempts written at once. Each write is a part that the engine merges into larger ones later, so few large writes
 * cost it less than many small ones. As many again are held at least, so that the legs of a call meet in memory: they
 * are near each other in a file, and those that are not meet in the store. About 40 MB for both.
 */
const BATCH = 50_000;
/** Legs that are looked at before other requests get their turn: about ten milliseconds. */
const LEGS_A_TURN = 10_000;
/** Attempts that the store may have wait until there are so many: looking them up reads the whole campaign. */
const DOUBTFUL_MAX = 50_000;

/**
 * Joins legs to attempts: the strongest leg of each call and telephone is what is stored, and never anything weaker
 * than what the store has. The order of the legs makes no difference, nor does which file they came in.
 */
export class Joiner {
  /** Two generations of held legs: when the young are enough for a batch, the old are written and the young age. */
  #young = new Map<string, Leg>();
  #old = new Map<string, Leg>();
  #doubtful = new Map<string, Leg>();
  readonly #campaign_id: number;
  readonly #sink: AttemptSink;
  readonly #tally: Tally;
  #writing: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(campaign_id: number, sink: AttemptSink, tally: Tally) {
    this.#campaign_id = campaign_id;
    this.#sink = sink;
    this.#tally = tally;
  }

  add(leg: Leg): void {
    const key = identityKey(leg);
    for (const waiting of [this.#young, this.#old, this.#doubtful]) {
      const known = waiting.get(key);
      if (known === undefined) continue;
      this.#tally.joined += 1;
      if (compareEvidence(leg, known) > 0) waiting.set(key, leg);
      return;
    }
    this.#young.set(key, leg);
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
    this.#young = new Map();
  }

  /** Writes all that is held; resolves when it is durable. @throws what the store throws */
  async finish(): Promise<void> {
    for (const batch of [this.#old, this.#young]) {
      await this.#settled();
      if (batch.size > 0) this.#start(batch);
    }
    this.#old = new Map();
    this.#young = new Map();
    await this.#settled();
    await this.#lookUp();
  }

  #start(batch: Map<string, Leg>): void {
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
  async #write(batch: Map<string, Leg>): Promise<void> {
    await this.#sink.alone(async () => {
      const news: Attempt[] = [];
      const mayExist = await this.#sink.mayExist(batch.size);
      let looked_at = 0;
      for (const [key, leg] of batch) {
        if (mayExist(leg)) this.#doubt(key, leg);
        else news.push(this.#settle(leg));
        looked_at += 1;
        if (looked_at % LEGS_A_TURN === 0) await setImmediate();
      }
      await this.#sink.store(news);
      this.#tally.stored += news.length;
    });
    if (this.#doubtful.size >= DOUBTFUL_MAX) await this.#lookUp();
  }

  #doubt(key: string, leg: Leg): void {
    const known = this.#doubtful.get(key);
    if (known) this.#tally.joined += 1;
    if (known === undefined || compareEvidence(leg, known) > 0) this.#doubtful.set(key, leg);
  }

  /** Stores of the doubtful what is new to the store, or stronger than what it has. */
  async #lookUp(): Promise<void> {
    const doubtful = this.#doubtful;
    this.#doubtful = new Map();
    if (doubtful.size === 0) return;
    await this.#sink.alone(async () => {
      const known = await this.#sink.existing([...doubtful.values()]);
      const news: Attempt[] = [];
      for (const [key, leg] of doubtful) {
        const stored = known.get(key);
        const attempt = this.#settle(leg);
        if (stored === undefined || compareEvidence(leg, stored) > 0) news.push(attempt);
      }
      await this.#sink.store(news);
      this.#tally.stored += news.length;
      this.#tally.unchanged += doubtful.size - news.length;
    });
  }

  #settle(leg: Leg): Attempt {
    this.#tally.ended(leg.code);
    return attemptOf(leg, this.#campaign_id);
  }
}
