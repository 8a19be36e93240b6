import type { Identity, Span } from '../attempts/existing.js';

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

  mayExist(identity: Identity): boolean {
    const { dialed_at_s } = identity;
    if (this.#span && dialed_at_s >= this.#span.from_s && dialed_at_s <= this.#span.to_s) return true;
    const [first, step] = hashesOf(identity);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = (first + Math.imul(probe, step)) & FILTER_MASK;
      if (((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  add(identity: Identity): void {
    const [first, step] = hashesOf(identity);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = (first + Math.imul(probe, step)) & FILTER_MASK;
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }
}

/** 16 MiB: 10 million attempts with 2 wrong in a thousand, 30 million with 6 in a hundred; wrong costs a look-up. */
const FILTER_BITS = 2 ** 27;
const FILTER_MASK = FILTER_BITS - 1;
const PROBES = 4;

/** Two hashes of an identity, from which all probes are made (Kirsch and Mitzenmacher 2006); FNV-1a, mixed. */
function hashesOf({ attempt_id, telephone, dialed_at_s }: Identity): [number, number] {
  let hash = 0x811c9dc5 ^ dialed_at_s;
  for (let at = 0; at < attempt_id.length; at += 1)
    hash = Math.imul(hash ^ attempt_id.charCodeAt(at), 0x01000193);
  let other = hash;
  for (let at = 0; at < telephone.length; at += 1)
    other = Math.imul(other ^ telephone.charCodeAt(at), 0x01000193);
  return [mixed(hash ^ Math.imul(other, 0x9e3779b1)), mixed(other) | 1];
}

/** The finalizer of MurmurHash3: every bit of the input reaches every bit of the output. */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
