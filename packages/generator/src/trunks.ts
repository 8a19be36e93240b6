import { hashOf, PURPOSE } from './hash.js';
import type { GenerateOptions } from './options.js';
import { TRUNKS } from './trunk-names.js';
import { worldOf } from './world.js';

const WHOLE = 2 ** 32;
/** Of a campaign with a trunk of its own, the share of the calls that it carries; the rest overflow to all. */
const OWN_TRUNK_SHARE = 0.8;

/** Which trunk an attempt takes, and whether its record tells. Both depend on the attempt's number and campaign alone. */
export class Trunks {
  readonly #seed: number;
  readonly #ends: readonly number[];
  readonly #untold: number;
  readonly #own_trunks: boolean;
  /** From this campaign on none tells its trunk; undefined where it is left to chance. */
  readonly #first_untold: number | undefined;

  constructor(options: GenerateOptions) {
    const world = worldOf(options.world);
    const there = TRUNKS.slice(0, world.trunks);
    const total = there.reduce((sum, { share }) => sum + share, 0);
    let passed = 0;
    this.#ends = there.map(({ share }) => {
      passed += share;
      return (passed / total) * WHOLE;
    });
    this.#seed = options.seed;
    this.#untold = world.no_trunk_share * WHOLE;
    this.#own_trunks = world.trunks_by_campaign;
    if (world.no_trunk_by_campaign) {
      this.#first_untold = Math.round(options.campaigns * (1 - world.no_trunk_share));
    }
  }

  /** The index of the trunk that carried the attempt of a campaign (index). */
  of(number: number, campaign: number): number {
    if (this.#own_trunks && hashOf(this.#seed, number, PURPOSE.own_trunk) < OWN_TRUNK_SHARE * WHOLE) {
      return campaign % this.#ends.length;
    }
    const place = hashOf(this.#seed, number, PURPOSE.trunk);
    const ends = this.#ends;
    for (let index = 0; index < ends.length; index += 1) if (place < (ends[index] ?? WHOLE)) return index;
    return ends.length - 1; // the shares add up to a little less than one
  }

  isTold(number: number, campaign: number): boolean {
    if (this.#first_untold !== undefined) return campaign < this.#first_untold;
    return this.#untold === 0 || hashOf(this.#seed, number, PURPOSE.no_trunk) >= this.#untold;
  }
}
