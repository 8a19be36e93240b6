/**
 * A whole number of 32 bits that depends on nothing but its arguments (the finish of MurmurHash3). What is drawn by it
 * needs no memory, and the oracle finds it again in any order.
 */
export function hashOf(seed: number, index: number, purpose: number): number {
  let hash = seed ^ Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(purpose, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** What each hash is for: no two draws share one. */
export const PURPOSE = { traits: 1, second_person: 2, trunk: 3, bursts: 4, no_trunk: 5 } as const;
