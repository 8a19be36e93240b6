/** A share as people count: 23 of 100, 4 of 1,000. */
export interface Counted {
  readonly count: number;
  readonly of: number;
}

const BASES = [100, 1_000, 10_000] as const;
/** Fewer than these say a share too coarsely. */
const COUNT_MIN = 3;

/** @param share 0 to 1 */
export function countedOf(share: number): Counted {
  const of = BASES.find((base) => share * base >= COUNT_MIN) ?? 10_000;
  return { count: Math.round(share * of), of };
}

/** Above this many, chance hardly matters for a decision. */
const FEW_MAX = 9;

/**
 * What a number of rare events could as well have been: the upper bound, with 95 % confidence, of the mean of a Poisson distribution of
 * which so many were seen (Garwood 1936: half of the 95 % quantile of chi squared with 2 (count + 1) degrees of freedom), rounded up.
 */
const MAY_AS_WELL = [3, 5, 7, 8, 10, 11, 12, 14, 15, 16] as const;

/** How many it could as well have been; undefined where there are enough of them to be believed. */
export function couldAsWellBe(count: number): number | undefined {
  return count > FEW_MAX ? undefined : MAY_AS_WELL[count];
}

/** An amount of time as people say it. */
export interface Lasts {
  readonly amount: number;
  readonly unit: 'minute' | 'hour';
}

export function lastsOf(seconds: number): Lasts {
  return seconds < 5_400
    ? { amount: Math.round(seconds / 60), unit: 'minute' }
    : { amount: Math.round(seconds / 3_600), unit: 'hour' };
}
