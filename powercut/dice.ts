import { numbersOf } from '../hostile/trial.js';

/** What a cut does, chosen by a seed: some lose nearly all that was not synced, some nearly nothing, most something. */
export class Dice {
  readonly #random: () => number;
  /** How likely a change of a directory happened, and a change of a file. */
  readonly #entries: number;
  readonly #blocks: number;

  constructor(seed: number) {
    this.#random = numbersOf(seed);
    const likely = [0, 0.1, 0.5, 0.5, 0.9, 1];
    this.#entries = this.#pick(likely);
    this.#blocks = this.#pick(likely);
  }

  entryHappened(): boolean {
    return this.#random() < this.#entries;
  }

  fateOfFile(): 'kept' | 'lost' | 'some' {
    if (this.#random() < 0.5) return 'some';
    return this.#random() < this.#blocks ? 'kept' : 'lost';
  }

  fateOfBlock(): 'kept' | 'lost' | 'torn' {
    if (this.#random() < this.#blocks) return 'kept';
    return this.#random() < 0.5 ? 'lost' : 'torn';
  }

  /** One of the sizes that a file had, or something in between: its end is then zeros where nothing was written. */
  sizeOf(sizes: readonly number[]): number {
    const last = sizes.at(-1) ?? 0;
    if (this.#random() < 0.5) return last;
    const [one, other] = [this.#pick(sizes), this.#pick(sizes)];
    return Math.floor(one + (other - one) * this.#random());
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  }
}
