import type { truthOf } from './truth.js';

/** What verdicts are worth against the truth. */
export class Score {
  readonly #truth: ReturnType<typeof truthOf>;
  #called = 0;
  #wrong = 0;
  #provable = 0;
  #found = 0;

  constructor(truth: ReturnType<typeof truthOf>) {
    this.#truth = truth;
  }

  /** @param invalid_last_at_s when the network last said that the number is invalid */
  add(telephone: string, verdict: string, invalid_last_at_s: number): void {
    const { truths, wasOut } = this.#truth;
    const is_provable = truths.get(telephone)?.provable === true;
    if (is_provable) this.#provable += 1;
    if (verdict !== 'invalid') return;
    this.#called += 1;
    if (is_provable) this.#found += 1;
    if (!wasOut(telephone, invalid_last_at_s)) this.#wrong += 1;
  }

  /** Of the numbers called invalid, the share that was out of service when that was last said. */
  get precision(): number {
    return 1 - this.#wrong / Math.max(1, this.#called);
  }

  /** Of the dead numbers that the evidence proves, the share that is called invalid. */
  get recall(): number {
    return this.#found / Math.max(1, this.#provable);
  }

  text(): string {
    const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
    return `${this.#called} called invalid, ${percent(this.precision)} of them dead; of ${this.#provable} provable ones ${percent(this.recall)} found`;
  }
}
