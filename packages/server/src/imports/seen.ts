import type { Span } from '../attempts/existing.js';
import type { RowIdentity } from '../attempts/row-identity.js';

/** What of an identity tells whether it was seen. */
export type SeenIdentity = Pick<RowIdentity, 'dialed_at_s' | 'hash_a' | 'hash_b'>;

/**
 * Which attempts of a campaign the store may have, so that only those are looked up: most of a file is new, and a
 * look-up reads the whole campaign.
 *
 * What was there before is known by its span of time alone; what is written while it is kept, by a Bloom filter. It
 * may say yes of an attempt that is not there, never no of one that is.
 */
export class SeenAttempts {
  readonly #span: Span | undefined;
  readonly #bits = new Uint32Array(FILTER_BITS / 32);

  /** @param span of the attempts that are there already; undefined when there are none */
  constructor(span: Span | undefined) {
    this.#span = span;
  }

  mayExist({ dialed_at_s, hash_a, hash_b }: SeenIdentity): boolean {
    if (this.#span && dialed_at_s >= this.#span.from_s && dialed_at_s <= this.#span.to_s) return true;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = bitOf(hash_a, hash_b, probe);
      if (((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  add({ hash_a, hash_b }: SeenIdentity): void {
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = bitOf(hash_a, hash_b, probe);
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }
}

/** 16 MiB: 10 million attempts with 2 wrong in a thousand, 30 million with 6 in a hundred; wrong costs a look-up. */
const FILTER_BITS = 2 ** 27;
const FILTER_MASK = FILTER_BITS - 1;
const PROBES = 4;

/** All probes are made of two hashes (Kirsch and Mitzenmacher 2006); an odd step visits every bit. */
function bitOf(hash_a: number, hash_b: number, probe: number): number {
  return (hash_a + Math.imul(probe, hash_b | 1)) & FILTER_MASK;
}
