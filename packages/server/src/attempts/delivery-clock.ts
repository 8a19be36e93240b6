/**
 * Numbers deliveries so that a later one is always higher: the microseconds of the clock, or one more than the last
 * number where the clock stands still or was set back. After a restart it goes on above what the store holds.
 */
export class DeliveryClock {
  /** Since 2001-09-09, so that all numbers have as many digits; a clock that says less was never set. */
  static readonly #LEAST = 10n ** 15n;
  #last: bigint;
  readonly #now_ms: () => number;

  constructor(last: bigint, now_ms: () => number = Date.now) {
    this.#last = last > DeliveryClock.#LEAST ? last : DeliveryClock.#LEAST;
    this.#now_ms = now_ms;
  }

  next(): bigint {
    const now = BigInt(this.#now_ms()) * 1_000n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    return this.#last;
  }
}
