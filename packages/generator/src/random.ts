import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** A seeded random source. Each purpose has its own, so that a change to one does not change what the others draw. */
export class Random {
  readonly #generator: RandomGenerator;

  constructor(seed: number, purpose: number) {
    this.#generator = xoroshiro128plus(seed ^ Math.imul(purpose, 0x9e3779b9));
  }

  /** Uniform in [0, 1), in steps of 2⁻³². */
  unit(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number {
    return Math.floor(this.unit() * end);
  }

  /** Exponentially distributed. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return others[this.below(others.length + 1) - 1] ?? first;
  }
}
