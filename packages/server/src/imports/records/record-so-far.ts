import { GatheredBytes } from '../../attempts/gathered-bytes.js';

/** The part of the current record from earlier chunks: all of it up to a limit, and only the beginning of a longer one. */
export class RecordSoFar {
  readonly #bytes = new GatheredBytes();
  readonly #max_bytes: number;
  readonly #kept_bytes: number;
  #is_too_long = false;

  /** @param kept_bytes bytes that are kept of a record longer than `max_bytes` */
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

  /** Returns the bytes and removes them from here. */
  take(): Buffer {
    return this.#bytes.take();
  }

  clear(): void {
    this.#bytes.take();
    this.#is_too_long = false;
  }
}
