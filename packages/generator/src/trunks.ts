import { hashOf, PURPOSE } from './hash.js';
import type { GenerateOptions } from './options.js';
import { TRUNKS } from './trunk-names.js';
import { worldOf } from './world.js';

const WHOLE = 2 ** 32;

/** Which trunk an attempt takes, and whether its record tells. Both depend on the attempt's number alone. */
export class Trunks {
  readonly #seed: number;
  readonly #ends: readonly number[];
  readonly #untold: number;

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
  }

  /** The index of the trunk that carried the attempt. */
  of(number: number): number {
    const place = hashOf(this.#seed, number, PURPOSE.trunk);
    const ends = this.#ends;
    for (let index = 0; index < ends.length; index += 1) if (place < (ends[index] ?? WHOLE)) return index;
    return ends.length - 1; // the shares add up to a little less than one
  }

  isTold(number: number): boolean {
    return this.#untold === 0 || hashOf(this.#seed, number, PURPOSE.no_trunk) >= this.#untold;
  }
}
