import type { Random } from './random.js';

/** Draws indices in proportion to their weights, in constant time (Walker's alias method, in Vose's form). */
export class WeightedIndex {
  readonly #keep: Float64Array;
  readonly #alias: Uint32Array;

  /** @param weights not negative, at least one above zero */
  constructor(weights: readonly number[]) {
    const n = weights.length;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#keep = new Float64Array(n).fill(1);
    this.#alias = Uint32Array.from({ length: n }, (_, index) => index);
    const scaled = weights.map((weight) => (weight * n) / total);
    const small: number[] = [];
    const large: number[] = [];
    for (const [index, weight] of scaled.entries()) (weight < 1 ? small : large).push(index);
    for (let less = small.pop(); less !== undefined; less = small.pop()) {
      const more = large.pop();
      if (more === undefined) break; // the remaining weights differ from one only by rounding
      const weight = scaled[less] ?? 1;
      this.#keep[less] = weight;
      this.#alias[less] = more;
      const rest = (scaled[more] ?? 1) + weight - 1;
      scaled[more] = rest;
      (rest < 1 ? small : large).push(more);
    }
  }

  draw(random: Random): number {
    const index = random.below(this.#keep.length);
    return random.unit() < (this.#keep[index] ?? 1) ? index : (this.#alias[index] ?? index);
  }
}
