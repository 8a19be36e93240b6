import { median } from '../stats.js';

/** Fifty draws lie outside on each side. */
const DRAWS = 2_000;
/** What lies outside, on each side. */
const TAIL = 0.025;

/** How much longer the second took than the first, of pairs that were measured one right behind the other. */
export interface Ratio {
  readonly ratio: number;
  /** The interval that holds it in 95 of a hundred such measurements. */
  readonly from: number;
  readonly to: number;
}

/**
 * The median of the pairs' ratios, with its interval by bootstrap: the same again of pairs drawn from these, with replacement. A
 * machine that others use too is slow for both of a pair, so their ratio stays.
 *
 * @param pairs_ms of the build before and of this one; at least one
 */
export function ratioOf(pairs_ms: readonly (readonly [number, number])[]): Ratio {
  const ratios = pairs_ms.map(([before, now]) => now / before);
  const random = seeded(ratios.length);
  const drawn = Array.from({ length: DRAWS }, () =>
    median(ratios.map(() => ratios[Math.floor(random() * ratios.length)] ?? Number.NaN)),
  ).sort((a, b) => a - b);
  const at = (part: number) => drawn[Math.round(part * (DRAWS - 1))] ?? Number.NaN;
  return { ratio: median(ratios), from: at(TAIL), to: at(1 - TAIL) };
}

/** Numbers from 0 to 1, the same ones each time (mulberry32), so that a run can be worked out again from its figures. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
