/**
 * Posts under way at once, of all operations. Each takes a connection, and for a receiver that stalls it takes that for 15 seconds:
 * so it is far above what is needed, and below what a process may have open files.
 */
const PLACES = 512;

/**
 * Places for posts that are under way. While half are free, anybody may have them. From then on an operation may have one: to
 * keep a stranger from his, hundreds of operations would have to stall at once.
 */
export class Places {
  readonly #total: number;
  readonly #held = new Map<number, number>();
  #taken = 0;

  constructor(total: number = PLACES) {
    this.#total = total;
  }

  /** @returns whether the operation has one more now */
  take(operation_id: number): boolean {
    const own = this.#held.get(operation_id) ?? 0;
    if (this.#taken >= this.#total) return false;
    if (this.#taken >= this.#total / 2 && own > 0) return false;
    this.#held.set(operation_id, own + 1);
    this.#taken += 1;
    return true;
  }

  release(operation_id: number): void {
    const own = this.#held.get(operation_id) ?? 0;
    if (own === 0) return;
    this.#taken -= 1;
    if (own === 1) this.#held.delete(operation_id);
    else this.#held.set(operation_id, own - 1);
  }
}
