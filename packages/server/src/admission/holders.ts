/** How much each key holds, in whole numbers, and which key holds most, without a look at all keys. */
export class Holders {
  readonly #held = new Map<string, number>();
  /** The keys by what they hold. */
  readonly #keys = new Map<number, Set<string>>();
  /** No key holds more than this; it may be higher than what any holds. */
  #bound = 0;
  #total = 0;

  get total(): number {
    return this.#total;
  }

  of(key: string): number {
    return this.#held.get(key) ?? 0;
  }

  set(key: string, amount: number): void {
    const before = this.of(key);
    if (before === amount) return;
    this.#total += amount - before;
    const with_before = this.#keys.get(before);
    with_before?.delete(key);
    if (with_before?.size === 0) this.#keys.delete(before);
    if (amount === 0) {
      this.#held.delete(key);
      return;
    }
    this.#held.set(key, amount);
    const with_amount = this.#keys.get(amount) ?? new Set();
    this.#keys.set(amount, with_amount.add(key));
    this.#bound = Math.max(this.#bound, amount);
  }

  /** A key that holds most. It takes as many steps as the largest amount has fallen since this was asked last. */
  most(): string | undefined {
    while (this.#bound > 0 && !this.#keys.has(this.#bound)) this.#bound -= 1;
    const [key] = this.#keys.get(this.#bound) ?? [];
    return key;
  }
}
