import { LRUCache } from 'lru-cache';

/** A reply's body, as it went out. Nobody may change its bytes. */
interface Reply {
  readonly parts: readonly Buffer[];
}

/** What an entry takes beside its bytes: its name, and the places in two maps. Some hundred bytes, and not to be too little. */
const ENTRY_BYTES = 1_024;

/** No reply takes more than this part of the whole: it would push out many that are asked for as often. */
const PART_OF_ALL = 8;

/**
 * Replies that may be asked for again, in memory, least used first out. Each key (an operation) has its share: where all are
 * full, who holds most gives way. So a key that asks for ever new reports pushes out its own, and those of others only as far
 * as they hold more than it does.
 */
export class KeptReplies<Kept extends Reply> {
  readonly #total_bytes: number;
  readonly #keys = new Map<string, LRUCache<string, Kept>>();
  #held_bytes = 0;

  /** @param total_bytes 0 keeps none */
  constructor(total_bytes: number) {
    this.#total_bytes = total_bytes;
  }

  /** @param name all that the reply depends on */
  get(key: string, name: string): Kept | undefined {
    return this.#keys.get(key)?.get(name);
  }

  /** Keeps a reply, if it is not too large. */
  keep(key: string, name: string, reply: Kept): void {
    const bytes = bytesOf(reply);
    if (bytes > this.#total_bytes / PART_OF_ALL) return;
    const own = this.#keys.get(key) ?? new LRUCache<string, Kept>({ maxSize: this.#total_bytes });
    this.#keys.set(key, own);
    this.#counted(own, () => own.set(name, reply, { size: bytes }));
    while (this.#held_bytes > this.#total_bytes) this.#dropOne();
  }

  clear(): void {
    this.#keys.clear();
    this.#held_bytes = 0;
  }

  /** Bytes of all, and of one key. */
  heldBy(key?: string): number {
    if (key === undefined) return this.#held_bytes;
    return this.#keys.get(key)?.calculatedSize ?? 0;
  }

  #counted(own: LRUCache<string, Kept>, work: () => void): void {
    const before = own.calculatedSize;
    work();
    this.#held_bytes += own.calculatedSize - before;
  }

  /** The least used reply of who holds most. */
  #dropOne(): void {
    const [key, most] = [...this.#keys].reduce((one, other) =>
      other[1].calculatedSize > one[1].calculatedSize ? other : one,
    );
    this.#counted(most, () => most.pop());
    if (most.size === 0) this.#keys.delete(key);
  }
}

function bytesOf({ parts }: Reply): number {
  return parts.reduce((bytes, part) => bytes + part.length, ENTRY_BYTES);
}
