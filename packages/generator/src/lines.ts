import { pullOf } from './campaigns.js';
import { Habits } from './habits.js';
import type { GenerateOptions } from './options.js';
import { type TelephoneState, Telephones } from './telephones.js';
import { habitOf, oddsOf, traitBits } from './traits.js';

/** The telephones and who is at the other end of them. */
export class Lines {
  readonly telephones: Telephones;
  readonly #seed: number;
  readonly #habits = new Habits();

  constructor(options: GenerateOptions) {
    this.telephones = new Telephones(options);
    this.#seed = options.seed;
  }

  /** The hash that the traits of the telephone's person at the instant are read off. */
  bitsAt(index: number, instant_s: number): number {
    return traitBits(this.#seed, index, this.telephones.isSecondPersonAt(index, instant_s));
  }

  stateAt(index: number, instant_s: number): TelephoneState {
    return this.telephones.stateAt(index, instant_s);
  }

  /**
   * Chance that a person picks up a call to a live telephone which is neither busy nor fails.
   *
   * @param tired what the calls before do to the odds; 1 for nothing
   */
  pickUpAt(bits: number, instant_s: number, campaign: number, tired: number): number {
    const odds = oddsOf(bits) * this.#habits.at(habitOf(bits), instant_s) * pullOf(campaign) * tired;
    return odds / (1 + odds);
  }
}
