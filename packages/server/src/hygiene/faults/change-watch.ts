import type { FaultKind } from '@recuento/contract';
import { type Burst, BurstParts } from './burst.js';
import type { MinuteCounts } from './fault.js';
import { BAD, type Shares, weighing } from './weighing.js';

/**
 * The evidence, in natural logarithms, from which a burst is one. Chance brings so much about once in e^16 minutes of a place and
 * kind: in a year of ten trunks about once.
 */
export const LEAST_EVIDENCE = 16;
/** A burst is over when so much evidence came against its going on: chance brings it about once in e^10 attempts of a burst. */
const OVER_AT = 10;
/** Fewer attempts prove nothing of a trunk. */
const LEAST_ATTEMPTS = 5;
/** A burst does not go on over a pause like this: most operations sleep at night. */
const PAUSE_S = 6 * 3_600;
const MINUTE_S = 60;

/**
 * Watches the minutes of one place in their order, and tells its bursts: the cumulative sum of the evidence that a fault has begun
 * (Page 1954, "Continuous inspection schemes"), whose last zero is the beginning, and whose height is the end.
 */
export class ChangeWatch {
  readonly #bad: (counts: MinuteCounts) => number;
  readonly #weigh: (counts: MinuteCounts) => number;
  readonly #found: Burst[] = [];
  /** The minute that is not over: what came of it so far, and how far that speaks for a fault. */
  #minute_s = 0;
  #minute: MinuteCounts[] = [];
  #evidence = 0;
  #sum = 0;
  #start_s = 0;
  #height = 0;
  #height_s = 0;
  /** What came until the sum was highest, and what came since. */
  readonly #parts: BurstParts;
  #since: MinuteCounts[] = [];

  constructor(kind: FaultKind, usual: Shares) {
    this.#bad = BAD[kind];
    this.#weigh = weighing(kind, usual);
    this.#parts = new BurstParts(this.#bad, this.#weigh);
  }

  /** @param counts of a minute that is not before the last one; several of one minute are summed up, in any order */
  add(counts: MinuteCounts): void {
    if (counts.minute_s !== this.#minute_s) {
      this.#endMinute();
      if (counts.minute_s - this.#minute_s > PAUSE_S) this.#end();
      this.#minute_s = counts.minute_s;
    }
    this.#minute.push(counts);
    this.#evidence += this.#weigh(counts);
  }

  /** All bursts, once every minute was added. */
  bursts(): readonly Burst[] {
    this.#endMinute();
    this.#end();
    return this.#found;
  }

  #endMinute(): void {
    const [minute, evidence] = [this.#minute, this.#evidence];
    this.#minute = [];
    this.#evidence = 0;
    if (this.#sum === 0) {
      if (evidence <= 0) return;
      this.#start_s = this.#minute_s;
    }
    this.#sum += evidence;
    this.#since.push(...minute);
    if (this.#sum >= this.#height) {
      this.#height = this.#sum;
      this.#height_s = this.#minute_s;
      this.#parts.add(this.#since);
      this.#since = [];
    }
    const is_over = this.#sum <= 0 || (this.#isFound() && this.#height - this.#sum > OVER_AT);
    if (is_over) this.#end();
  }

  #isFound(): boolean {
    return this.#height >= LEAST_EVIDENCE && this.#parts.bad >= LEAST_ATTEMPTS;
  }

  #end(): void {
    if (this.#isFound()) {
      this.#found.push({
        start_s: this.#start_s,
        end_s: this.#height_s + MINUTE_S,
        parts: this.#parts.list(),
      });
    }
    this.#sum = 0;
    this.#height = 0;
    this.#parts.clear();
    this.#since = [];
  }
}
