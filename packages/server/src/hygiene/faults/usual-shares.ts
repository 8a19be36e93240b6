import type { FaultKind } from '@recuento/contract';
import type { MinuteCounts } from './fault.js';
import { BAD, type Shares } from './weighing.js';

/** Hours with fewer attempts say nothing of what is usual. */
const LEAST_IN_AN_HOUR = 5;
/** What is usual for the whole operation counts like so many attempts of a place. */
const OF_THE_OPERATION = 30;
/** Shares are told apart by two hundredths: a place takes as little memory for a year as for a day. */
const STEPS = 50;

/**
 * How the attempts of a place usually end: the median of its hours, which a fault of some days does not change. Hours are to be
 * added in their order.
 */
export class UsualShares {
  readonly #kind: FaultKind;
  readonly #bad = new WeightedMedian();
  readonly #alive = new WeightedMedian();
  #hour = 0;
  #in_hour = { attempts: 0, bad: 0, alive: 0 };
  #attempts = 0;

  constructor(kind: FaultKind) {
    this.#kind = kind;
  }

  add(counts: MinuteCounts): void {
    const hour = Math.floor(counts.minute_s / 3_600);
    if (hour !== this.#hour) this.#endHour(hour);
    this.#in_hour.attempts += counts.attempts;
    this.#in_hour.bad += BAD[this.#kind](counts);
    this.#in_hour.alive += counts.alive;
  }

  /** @param operation what is usual for all places together; absent for that itself */
  shares(operation?: Shares): Shares {
    this.#endHour(this.#hour);
    const own = { bad: this.#bad.value(), alive: this.#alive.value() };
    if (!operation) return own;
    const mixed = (name: keyof Shares) =>
      (own[name] * this.#attempts + operation[name] * OF_THE_OPERATION) / (this.#attempts + OF_THE_OPERATION);
    return { bad: mixed('bad'), alive: mixed('alive') };
  }

  #endHour(next: number): void {
    const { attempts, bad, alive } = this.#in_hour;
    if (attempts >= LEAST_IN_AN_HOUR) {
      this.#bad.add(bad / attempts, attempts);
      this.#alive.add(alive / attempts, attempts);
      this.#attempts += attempts;
    }
    this.#hour = next;
    this.#in_hour = { attempts: 0, bad: 0, alive: 0 };
  }
}

class WeightedMedian {
  readonly #weights = new Float64Array(STEPS + 1);
  readonly #sums = new Float64Array(STEPS + 1);
  #weight = 0;

  add(share: number, weight: number): void {
    const step = Math.floor(share * STEPS);
    this.#weights[step] = (this.#weights[step] ?? 0) + weight;
    this.#sums[step] = (this.#sums[step] ?? 0) + weight * share;
    this.#weight += weight;
  }

  /** The mean of the step that has the median; 0 where nothing was added. */
  value(): number {
    let passed = 0;
    for (const [step, weight] of this.#weights.entries()) {
      passed += weight;
      if (weight > 0 && passed >= this.#weight / 2) return (this.#sums[step] ?? 0) / weight;
    }
    return 0;
  }
}
