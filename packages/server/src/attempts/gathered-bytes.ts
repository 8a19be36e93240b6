const EMPTY = Buffer.alloc(0);
const AT_FIRST_BYTES = 1024;

/**
 * Joins bytes that come in pieces. Each piece is copied when it comes, so that the end has no long copy to make, and no piece is
 * copied again for each one that follows. The room for them doubles whenever it is full.
 */
export class GatheredBytes {
  readonly #expected: number;
  #bytes: Buffer = EMPTY;
  #length = 0;
  /** `#bytes` is the first piece itself, which belongs to the caller, and no copy. */
  #is_view = false;

  /** @param expected how many bytes will come, if that is known: no room for more is made before it is needed */
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

  /** @param piece must not change while this object, or the result of `take`, is in use */
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

  /** All bytes. Afterwards this is empty. */
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
