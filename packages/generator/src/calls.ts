import { Fatigue } from './fatigue.js';
import { Faults } from './faults.js';
import { Lies } from './lies.js';
import type { Lines } from './lines.js';
import { telephoneAt } from './numbers.js';
import type { GenerateOptions } from './options.js';
import { faultOutcome, lieOutcome, liveOutcome, type Outcome, outcomeOf } from './outcomes.js';
import type { Random } from './random.js';
import { hasMachine } from './traits.js';

/** Share of the attempts in a burst of congestion that are hit. */
const CONGESTION_HITS_SHARE = 0.7;

/** Who is called by whom, over what; campaign, telephone and trunk by their indices. */
export interface Call {
  readonly campaign: number;
  readonly telephone: number;
  readonly trunk: number;
  readonly dialed_at: number;
  /** Days since 1970, by Bogota time. */
  readonly day: number;
}

/** How calls end: by a fault, by who is called, or by what a carrier says of it. */
export class Calls {
  readonly #lines: Lines;
  readonly #faults: Faults;
  readonly #lies: Lies;
  readonly #fatigue: Fatigue;

  constructor(options: GenerateOptions, lines: Lines) {
    this.#lines = lines;
    this.#faults = new Faults(options);
    this.#lies = new Lies(options);
    this.#fatigue = new Fatigue(lines.telephones.count, options.until_s - options.days * 86_400);
  }

  /** Calls must be made in order of time, as people grow tired of them. */
  make(call: Call, random: Random): Outcome {
    const fault = this.#faults.at(call.trunk, call.campaign, call.dialed_at);
    if (fault && (fault !== 'congestion' || random.chance(CONGESTION_HITS_SHARE))) {
      return faultOutcome(fault, random);
    }
    const met = this.#ring(call, random);
    if (met.result !== 'no_answer') return met;
    const lie = this.#lies.of(call.trunk, call.day, telephoneAt(call.telephone));
    return lie && random.chance(lie.share) ? lieOutcome(lie.says, random) : met;
  }

  #ring({ campaign, telephone, dialed_at }: Call, random: Random): Outcome {
    const state = this.#lines.stateAt(telephone, dialed_at);
    if (state !== 'live') return outcomeOf(state, random);
    const bits = this.#lines.bitsAt(telephone, dialed_at);
    const tired = this.#fatigue.ring(telephone, dialed_at);
    return liveOutcome(this.#lines.pickUpAt(bits, dialed_at, campaign, tired), hasMachine(bits), random);
  }
}
