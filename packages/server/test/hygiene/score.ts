import type { Truth, WorldTruth } from './truth.js';

/** What verdicts are worth against the truth. */
export class Score {
  readonly #truth: WorldTruth;
  #called = 0;
  #wrong = 0;
  #provable = 0;
  #found = 0;
  /** Telephones of five attempts and more that show something, or are said to; and those of which both say the same. */
  #shown = 0;
  #agreed = 0;

  constructor(truth: WorldTruth) {
    this.#truth = truth;
  }

  add(telephone: string, verdict: string): void {
    const truth = this.#truth.truths.get(telephone);
    if (!truth) return;
    if (truth.provable) this.#provable += 1;
    if (verdict !== 'invalid') {
      this.#addShown(truth, verdict);
      return;
    }
    this.#called += 1;
    if (truth.provable) this.#found += 1;
    const { said_last_s } = truth;
    if (said_last_s === undefined || !this.#truth.wasOut(telephone, said_last_s)) this.#wrong += 1;
  }

  /** All telephones as a rule judges them that drops the trunks on a list of those that lie. */
  addByList(): this {
    for (const [telephone, { taken_by_list }] of this.#truth.truths) {
      this.add(telephone, taken_by_list ? 'invalid' : 'unproven');
    }
    return this;
  }

  #addShown({ attempts, shows, provable }: Truth, verdict: string): void {
    const is_said = verdict === 'reaches_people' || verdict === 'reaches_machines' || verdict === 'rings_out';
    if (attempts < 5 || provable || (shows === undefined && !is_said)) return;
    this.#shown += 1;
    if (shows === verdict) this.#agreed += 1;
  }

  /** Of the numbers called invalid, the share that was out of service when that was last said. */
  get precision(): number {
    return 1 - this.#wrong / Math.max(1, this.#called);
  }

  /** Of the dead numbers that the evidence proves, the share that is called invalid. */
  get recall(): number {
    return this.#found / Math.max(1, this.#provable);
  }

  /** Of telephones with five attempts or more that reach people or machines or ring out, the share that is said to do so. */
  get agreement(): number {
    return this.#agreed / Math.max(1, this.#shown);
  }

  get called(): number {
    return this.#called;
  }

  text(): string {
    const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
    return `${this.#called} called invalid, ${percent(this.precision)} of them dead; of ${this.#provable} provable ones ${percent(this.recall)} found; of ${this.#shown} that show something ${percent(this.agreement)} as the truth has it`;
  }
}
