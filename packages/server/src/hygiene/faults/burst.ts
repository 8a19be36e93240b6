import type { MinuteCounts } from './fault.js';

/** An interval in which attempts of a place ended far more often as in a fault than is usual for the place. */
export interface Burst {
  readonly start_s: number;
  /** The first second after it. */
  readonly end_s: number;
  /** By trunk and campaign, in the order in which they came. */
  readonly parts: readonly BurstPart[];
}

/** What one trunk did in one campaign while a burst lasted. */
export interface BurstPart extends Pick<MinuteCounts, 'trunk' | 'campaign_id'> {
  /** Attempts that ended as the fault makes them end. */
  readonly bad: number;
  /** How far its attempts speak for the fault, in natural logarithms; below 0 they speak against it. */
  readonly evidence: number;
}

/** Minutes that are kept as they came. Most bursts are none, and their parts are never asked for. */
const KEPT_MAX = 1_000;

/** Adds up the parts of a burst. */
export class BurstParts {
  readonly #badOf: (counts: MinuteCounts) => number;
  readonly #weigh: (counts: MinuteCounts) => number;
  #kept: MinuteCounts[] = [];
  #parts = new Map<string, BurstPart>();
  #bad = 0;

  /** @param weigh how far attempts speak for the fault */
  constructor(bad: (counts: MinuteCounts) => number, weigh: (counts: MinuteCounts) => number) {
    this.#badOf = bad;
    this.#weigh = weigh;
  }

  /** Attempts that ended as the fault makes them end. */
  get bad(): number {
    return this.#bad;
  }

  add(minutes: readonly MinuteCounts[]): void {
    for (const counts of minutes) {
      this.#bad += this.#badOf(counts);
      this.#kept.push(counts);
    }
    if (this.#kept.length > KEPT_MAX) this.#addUp();
  }

  list(): readonly BurstPart[] {
    this.#addUp();
    return [...this.#parts.values()];
  }

  clear(): void {
    this.#bad = 0;
    this.#kept = [];
    this.#parts = new Map();
  }

  #addUp(): void {
    for (const counts of this.#kept) {
      const { trunk, campaign_id } = counts;
      const name = `${campaign_id} ${trunk}`;
      const known = this.#parts.get(name);
      const bad = (known?.bad ?? 0) + this.#badOf(counts);
      const evidence = (known?.evidence ?? 0) + this.#weigh(counts);
      this.#parts.set(name, { trunk, campaign_id, bad, evidence });
    }
    this.#kept = [];
  }
}
