const EMPTY = Buffer.alloc(0);
const AT_FIRST_BYTES = 1024;

/**
 * Bytes that come in pieces and are wanted as one: each is copied when it comes, so that none of it is left to be done at
 * once when the last has come, nor again whenever one more has. What is held grows twofold, with what came.
 */
export class GatheredBytes {
  readonly #expected: number;
  #bytes: Buffer = EMPTY;
  #length = 0;
  /** `#bytes` is the only piece that came, and its sender's. */
  #is_view = false;

  /** @param expected how many there will be, where that is known: room for more is not made before it is needed */
  constructor(expected = Number.POSITIVE_INFINITY) {
    this.#expected = expected;
  }

  get length(): number {
    return this.#length;
  }

  /** The last byte. */
  get last(): number | undefined {
    return this.#length === 0 ? undefined : this.#bytes[this.#length - 1];
  }

  /** @param piece may not change as long as this is used, or what it gives */
  add(piece: Buffer): void {
    if (piece.length === 0) return;
    const length = this.#length + piece.length;
    if (this.#length === 0) {
      this.#bytes = piece;
      this.#is_view = true;
    } else {
      if (this.#is_view || length > this.#bytes.length) this.#grow(length);
      piece.copy(this.#bytes, this.#length);
    }
    this.#length = length;
  }

  /** All of them, given away: this is empty again. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = EMPTY;
    this.#length = 0;
    this.#is_view = false;
    return taken;
  }

  #grow(needed: number): void {
    const room = Math.min(Math.max(AT_FIRST_BYTES, 2 * needed), Math.max(needed, this.#expected));
    const grown = Buffer.allocUnsafeSlow(room);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
    this.#is_view = false;
  }
}
