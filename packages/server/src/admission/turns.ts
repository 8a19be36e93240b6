/**
 * Lets other work go first, and resolves when it is the caller's turn again. The function is given by code that knows whose work it
 * is, and decides the order (`admission/desk.ts`).
 */
export type GiveTurn = () => Promise<unknown>;

/** How much is handled before others get their turn: so many items or so many bytes, whichever comes first. */
interface Share {
  readonly items: number;
  readonly bytes: number;
}

/**
 * Records of a body. A thousand common ones take one to three milliseconds, and 256 KiB of the JSON that takes longest to
 * read some more (decision 0019).
 */
export const RECORDS_A_TURN: Share = { items: 1_000, bytes: 256 * 1024 };

/** Records that need the slow reader: a hundred in which everything is wrong take some milliseconds, however short they are. */
export const LONG_READS_A_TURN = 100;

/** Splits long work, so that no input, however large, keeps the event loop to itself. */
export class Turns {
  readonly #share: Share;
  readonly #give: GiveTurn;
  #items = 0;
  #bytes = 0;

  constructor(share: Share, give: GiveTurn) {
    this.#share = share;
    this.#give = give;
  }

  /**
   * To be called before each item. When it returns true, call `give` before the item, so that others get their turn. (To await
   * `give` for each of a hundred thousand items would cost more than some of the items.)
   */
  isOver(bytes: number): boolean {
    const is_first = this.#items === 0;
    this.#items += 1;
    this.#bytes += bytes;
    if (is_first || (this.#items <= this.#share.items && this.#bytes <= this.#share.bytes)) return false;
    this.#items = 1;
    this.#bytes = bytes;
    return true;
  }

  async give(): Promise<void> {
    await this.#give();
  }
}
