import { GatheredBytes } from '../../attempts/gathered-bytes.js';

/** What earlier chunks had of a record under way: all of it up to a bound, and of a longer one its beginning alone. */
export class RecordSoFar {
  readonly #bytes = new GatheredBytes();
  readonly #max_bytes: number;
  readonly #kept_bytes: number;
  #is_too_long = false;

  /** @param kept_bytes what is kept of what is longer than `max_bytes` */
  constructor(max_bytes: number, kept_bytes: number) {
    this.#max_bytes = max_bytes;
    this.#kept_bytes = kept_bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  get is_too_long(): boolean {
    return this.#is_too_long;
  }

  add(piece: Buffer): void {
    if (this.#is_too_long) return;
    this.#bytes.add(piece);
    if (this.#bytes.length <= this.#max_bytes) return;
    this.#is_too_long = true;
    this.#bytes.add(Buffer.from(this.#bytes.take().subarray(0, this.#kept_bytes)));
  }

  /** The bytes; nothing is left of them here. */
  take(): Buffer {
    return this.#bytes.take();
  }

  clear(): void {
    this.#bytes.take();
    this.#is_too_long = false;
  }
}
