import { LRUCache } from 'lru-cache';
import { Holders } from './holders.js';

/** A reply’s body as it went out, or another piece of work that can be used again. Nobody may change its bytes. */
interface Reply {
  readonly parts: readonly Buffer[];
}

/** What an entry takes beside its bytes: its name, its buffers, and its places in maps. */
const ENTRY_BYTES = 1_024;

/**
 * What is held is counted in blocks of so much. With smaller ones there could be so many replies that it takes long to drop as
 * many as make room for a large one: in 256 MiB there are 65,536 at most, and the largest takes the room of 8,192 (ten
 * milliseconds).
 */
const BLOCK_BYTES = 4_096;

/** No reply takes more than this part of the whole: it would push out many that are asked for as often. */
const PART_OF_ALL = 8;

/** Pieces up to so long may be cut out of memory that is many times as large: Node's pool, and what its compressors write to. */
const CUT_OUT_BYTES = 16_384;

/**
 * Replies that may be asked for again, in memory, least used first out. Each key (an operation) has its share: where all are
 * full, who holds most gives way. So a key that asks for ever new reports pushes out its own, and those of others only as far
 * as they hold more than it does.
 */
export class KeptReplies<Kept extends Reply> {
  readonly #total_blocks: number;
  readonly #keys = new Map<string, LRUCache<string, Kept>>();
  readonly #holders = new Holders();

  /** @param total_bytes 0 keeps none */
  constructor(total_bytes: number) {
    this.#total_blocks = Math.floor(total_bytes / BLOCK_BYTES);
  }

  /** Of a reply that is not too large to be kept. */
  get largest_bytes(): number {
    return Math.max(0, Math.floor(this.#total_blocks / PART_OF_ALL) * BLOCK_BYTES - ENTRY_BYTES);
  }

  /** @param name all that the reply depends on */
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

  /** Bytes of all, and of one key. */
  heldBy(key?: string): number {
    return BLOCK_BYTES * (key === undefined ? this.#holders.total : this.#holders.of(key));
  }

  /** The least used reply of who holds most. */
  #dropOne(): void {
    const key = this.#holders.most() ?? '';
    const kept = this.#keys.get(key);
    kept?.pop();
    this.#holders.set(key, kept?.calculatedSize ?? 0);
    if (!kept?.size) this.#keys.delete(key);
  }
}

/** The same reply, whose small pieces keep no other memory than their own. */
function withoutSlack<Kept extends Reply>(reply: Kept): Kept {
  const parts = reply.parts.map((part) => {
    if (part.length > CUT_OUT_BYTES || part.length === part.buffer.byteLength) return part;
    const own = Buffer.allocUnsafeSlow(part.length);
    part.copy(own);
    return own;
  });
  return { ...reply, parts };
}

/** What a reply keeps: of a piece that was cut out of more all of it. */
function memoryOf({ parts }: Reply): number {
  return parts.reduce((bytes, part) => bytes + part.buffer.byteLength, 0);
}
