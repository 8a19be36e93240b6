import type { Attempt } from '@recuento/contract';
import { type Identity, identityKey, type StoredAttempt } from '../attempts/existing.js';
import { attemptOf, compareEvidence, type Leg } from './leg.js';
import type { Tally } from './tally.js';

/** Where joined attempts go, and what is there already. Bound to one operation and campaign. */
export interface AttemptSink {
  existing(identities: readonly Identity[]): Promise<ReadonlyMap<string, StoredAttempt>>;
  store(attempts: readonly Attempt[]): Promise<void>;
  /** Runs `work` while no other import of the campaign does: what it read holds until it has written. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Attempts written at once. Enough that a part's fsync costs little, few enough that writing their rows out holds up
 * other requests for some ten milliseconds only.
 */
const BATCH = 20_000;
/**
 * Attempts held, so that the legs of a call meet in memory; the oldest go first. Legs of one call are near each
 * other in a file, and those that are not meet in the store. About 20 MB.
 */
const HELD_MAX = 40_000;

/**
 * Joins legs to attempts: the strongest leg of each call and telephone is what is stored, and never anything weaker
 * than what the store has. The order of the legs makes no difference, nor does which file they came in.
 */
export class Joiner {
  readonly #held = new Map<string, Leg>();
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
    const held = this.#held.get(key);
    if (held === undefined) {
      this.#held.set(key, leg);
      return;
    }
    this.#tally.joined += 1;
    if (compareEvidence(leg, held) > 0) this.#held.set(key, leg);
  }

  /**
   * To be awaited between lines: writes when enough is held. One batch is written while the next is read, never two,
   * so a slow store slows the reading down.
   *
   * @throws what the store throws
   */
  async relieve(): Promise<void> {
    if (this.#held.size < HELD_MAX) return;
    await this.#settled();
    this.#start(this.#oldest());
  }

  /** Writes all that is held; resolves when it is durable. @throws what the store throws */
  async finish(): Promise<void> {
    await this.#settled();
    while (this.#held.size > 0) {
      this.#start(this.#oldest());
      await this.#settled();
    }
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

  #oldest(): Map<string, Leg> {
    const batch = new Map<string, Leg>();
    for (const [key, leg] of this.#held) {
      if (batch.size === BATCH) break;
      batch.set(key, leg);
      this.#held.delete(key);
    }
    return batch;
  }

  async #write(batch: Map<string, Leg>): Promise<void> {
    await this.#sink.alone(async () => {
      const known = await this.#sink.existing([...batch.values()]);
      const news: Attempt[] = [];
      for (const [key, leg] of batch) {
        const stored = known.get(key);
        if (stored && compareEvidence(leg, stored) <= 0) continue;
        news.push(attemptOf(leg, this.#campaign_id));
      }
      await this.#sink.store(news);
      this.#tally.stored += news.length;
      this.#tally.unchanged += batch.size - news.length;
    });
    for (const leg of batch.values()) this.#tally.ended(leg.code);
  }
}
