/** What a trial is given. */
export interface TrialMeans {
  /** When it must be at its end, by `performance.now()`. */
  readonly end_ms: number;
  /** Chooses what is done when: the same number, the same choices. */
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** What came of a trial, in words that end with a figure each. */
export interface Outcome {
  /** What was compared or tried, for the last line of all. */
  readonly summary: string;
  /** Promises that did not hold; none is what is wanted. */
  readonly broken: readonly string[];
}

export type Trial = (means: TrialMeans) => Promise<Outcome>;

/** mulberry32: numbers from 0 to 1 that are the same for the same seed. */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
