/**
 * Lets everybody else go first: resolves when it is its caller's turn. Who gives turns, and in which order, is for whoever
 * knows whose work it is (`admission/desk.ts`).
 */
export type GiveTurn = () => Promise<unknown>;

/** What is handled before others get their turn: so many items or so many bytes, whichever comes first. */
interface Share {
  readonly items: number;
  readonly bytes: number;
}

/**
 * Records of a body. A thousand common ones take one to three milliseconds, and 256 KiB of the JSON that takes longest to
 * read some more (decision 0019).
 */
export const RECORDS_A_TURN: Share = { items: 1_000, bytes: 256 * 1024 };

/** Records that are read the long way: a hundred of which nothing is right take some milliseconds, however short they are. */
export const LONG_READS_A_TURN = 100;

/** Takes long work apart: no input, however large, has the event loop for itself. */
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
   * To be asked before each item: whether others get their turn first, by `give`. (An `await` for each of a hundred
   * thousand would cost more than some of them.)
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
