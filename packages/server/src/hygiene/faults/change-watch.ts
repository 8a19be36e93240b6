import type { FaultKind } from '@recuento/contract';
import type { MinuteCounts } from './fault.js';

/** How the attempts of a place end: shares of those that end as a fault makes them end, and of those that show life. */
export interface Shares {
  readonly bad: number;
  readonly alive: number;
}

/** An interval in which attempts ended far more often as in a fault than is usual for the place. */
export interface Burst {
  readonly start_s: number;
  readonly end_s: number;
  readonly attempts: number;
}

/** How attempts end while a fault lasts. Congestion lets some calls through; nothing gets through the others. */
const IN_FAULT: Readonly<Record<FaultKind, (usual: Shares) => Shares>> = {
  outage: () => ({ bad: 0.94, alive: 0.01 }),
  wrong_number_format: () => ({ bad: 0.94, alive: 0.01 }),
  congestion: ({ alive }) => ({ bad: 0.6, alive: 0.4 * alive }),
};

/**
 * The evidence, in natural logarithms, from which a burst is one. Chance brings so much about once in e^14 minutes: in a year of
 * ten trunks about once.
 */
const LEAST_EVIDENCE = 14;
/** A burst is over when so much evidence came against its going on. */
const OVER_AT = 6;
/** Fewer attempts prove nothing of a trunk. */
const LEAST_ATTEMPTS = 5;
/** A burst does not go on over a pause like this: most operations sleep at night. */
const PAUSE_S = 6 * 3_600;
const MINUTE_S = 60;

export const BAD: Readonly<Record<FaultKind, (counts: MinuteCounts) => number>> = {
  outage: ({ failed }) => failed,
  congestion: ({ congested }) => congested,
  wrong_number_format: ({ invalid }) => invalid,
};

/**
 * Watches the minutes of one place in their order, and tells its bursts: the cumulative sum of the evidence that a fault has begun
 * (Page 1954, "Continuous inspection schemes"), whose last zero is the beginning, and whose height is the end.
 */
export class ChangeWatch {
  readonly #kind: FaultKind;
  readonly #weights: { readonly bad: number; readonly alive: number; readonly other: number };
  readonly #found: Burst[] = [];
  #sum = 0;
  #start_s = 0;
  #last_s = 0;
  #bad = 0;
  #height = 0;
  #height_s = 0;
  #height_bad = 0;

  constructor(kind: FaultKind, usual: Shares) {
    this.#kind = kind;
    const bad = clamp(usual.bad);
    const alive = clamp(Math.min(usual.alive, 1 - bad));
    const fault = IN_FAULT[kind]({ bad, alive });
    this.#weights = {
      bad: Math.log(fault.bad / bad),
      alive: Math.log(clamp(fault.alive) / alive),
      other: Math.log((1 - fault.bad - fault.alive) / clamp(1 - bad - alive)),
    };
  }

  /** @param counts of a minute that is not before the last one; several of one minute are summed up */
  add(counts: MinuteCounts): void {
    const { minute_s, attempts, alive } = counts;
    if (minute_s - this.#last_s > PAUSE_S) this.#end();
    this.#last_s = minute_s;
    const bad = BAD[this.#kind](counts);
    const weights = this.#weights;
    const evidence = bad * weights.bad + alive * weights.alive + (attempts - bad - alive) * weights.other;
    if (this.#sum === 0) {
      if (evidence <= 0) return;
      this.#start_s = minute_s;
      this.#bad = 0;
    }
    this.#sum += evidence;
    this.#bad += bad;
    if (this.#sum >= this.#height) {
      this.#height = this.#sum;
      this.#height_s = minute_s;
      this.#height_bad = this.#bad;
    }
    const is_over = this.#sum <= 0 || (this.#isFound() && this.#height - this.#sum > OVER_AT);
    if (is_over) this.#end();
  }

  /** All bursts, once every minute was added. */
  bursts(): readonly Burst[] {
    this.#end();
    return this.#found;
  }

  #isFound(): boolean {
    return this.#height >= LEAST_EVIDENCE && this.#height_bad >= LEAST_ATTEMPTS;
  }

  #end(): void {
    if (this.#isFound()) {
      this.#found.push({
        start_s: this.#start_s,
        end_s: this.#height_s + MINUTE_S,
        attempts: this.#height_bad,
      });
    }
    this.#sum = 0;
    this.#height = 0;
    this.#height_bad = 0;
  }
}

/** No share is taken for certain. */
function clamp(share: number): number {
  return Math.min(0.99, Math.max(0.005, share));
}
