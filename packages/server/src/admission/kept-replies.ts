import { LRUCache } from 'lru-cache';
import { Holders } from './holders.js';

/** A reply’s body as it went out, or another piece of work that can be used again. Nobody may change its bytes. */
interface Reply {
  readonly parts: readonly Buffer[];
}

/** What an entry takes beside its bytes: its name, its buffers, and its places in maps. */
const ENTRY_BYTES = 1_024;

/**
 * Memory is counted in blocks of this size. Smaller blocks would allow so many replies that making room for a large one takes too
 * long. In 256 MiB there are 65,536 replies at most, and the largest takes the room of 8,192, which take ten milliseconds to
 * drop.
 */
const BLOCK_BYTES = 4_096;

/** No reply takes more than one part in so many of the whole: it would push out many that are asked for as often. */
const PART_OF_ALL = 8;

/**
 * Pieces up to this length may be cut out of memory that is many times as large: Node's pool, or the output of its compressors.
 */
const CUT_OUT_BYTES = 16_384;

/**
 * Replies that may be asked for again, kept in memory; the least recently used go first. Each key (an operation) has its share:
 * when the memory is full, the key that holds most gives way. So a key that keeps asking for new reports pushes out its own
 * replies, and those of others only as far as they hold more than it does.
 */
export class KeptReplies<Kept extends Reply> {
  readonly #total_blocks: number;
  readonly #keys = new Map<string, LRUCache<string, Kept>>();
  readonly #holders = new Holders();

  /** @param total_bytes 0 keeps none */
  constructor(total_bytes: number) {
    this.#total_blocks = Math.floor(total_bytes / BLOCK_BYTES);
  }

  /** The size of the largest reply that is kept. */
  get largest_bytes(): number {
    return Math.max(0, Math.floor(this.#total_blocks / PART_OF_ALL) * BLOCK_BYTES - ENTRY_BYTES);
  }

  /** @param name a text of all that the reply depends on */
  get(key: string, name: string): Kept | undefined {
    return this.#keys.get(key)?.get(name);
  }

  /** Keeps a reply, if it is not too large. */
  keep(key: string, name: string, reply: Kept): void {
    const own = withoutSlack(reply);
    const blocks = Math.ceil((ENTRY_BYTES + memoryOf(own)) / BLOCK_BYTES);
    if (blocks > this.#total_blocks / PART_OF_ALL) return;
    const kept = this.#keys.get(key) ?? new LRUCache<string, Kept>({ maxSize: this.#total_blocks });
    this.#keys.set(key, kept);
    kept.set(name, own, { size: blocks });
    this.#holders.set(key, kept.calculatedSize);
    while (this.#holders.total > this.#total_blocks) this.#dropOne();
  }

  clear(): void {
    for (const key of this.#keys.keys()) this.#holders.set(key, 0);
    this.#keys.clear();
  }

  /** Bytes that one key holds, or all keys together. */
  heldBy(key?: string): number {
    return BLOCK_BYTES * (key === undefined ? this.#holders.total : this.#holders.of(key));
  }

  /** Drops the least recently used reply of the key that holds most. */
  #dropOne(): void {
    const key = this.#holders.most() ?? '';
    const kept = this.#keys.get(key);
    kept?.pop();
    this.#holders.set(key, kept?.calculatedSize ?? 0);
    if (!kept?.size) this.#keys.delete(key);
  }
}

/** The same reply, its small pieces copied so that they keep no memory but their own. */
function withoutSlack<Kept extends Reply>(reply: Kept): Kept {
  const parts = reply.parts.map((part) => {
    if (part.length > CUT_OUT_BYTES || part.length === part.buffer.byteLength) return part;
    const own = Buffer.allocUnsafeSlow(part.length);
    part.copy(own);
    return own;
  });
  return { ...reply, parts };
}

/** The memory that a reply keeps: for a piece that was cut out of a larger one, all of that. */
function memoryOf({ parts }: Reply): number {
  return parts.reduce((bytes, part) => bytes + part.buffer.byteLength, 0);
}
