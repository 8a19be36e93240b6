/**
 * Gives one thing to one user after another, in the order in which they ask. (Kysely's own lock wakes all who wait each time:
 * half a million wake-ups for a thousand look-ups that come at once.)
 */
export class InTurn<T> {
  readonly #thing: T;
  readonly #waiting: (() => void)[] = [];
  #is_taken = false;

  constructor(thing: T) {
    this.#thing = thing;
  }

  /** Resolves when it is the caller's turn. A caller who never gives the thing back leaves all others waiting for ever. */
  async take(): Promise<T> {
    if (this.#is_taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#is_taken = true;
    return this.#thing;
  }

  /** To be called once by whoever took it. */
  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#is_taken = false;
  }
}
