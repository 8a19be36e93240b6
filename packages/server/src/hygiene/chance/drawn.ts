/**
 * How the weights of a model are drawn to what they are thought to be before anything is known. The more attempts speak for a
 * weight, the less this counts.
 */
export interface Prior {
  /** What the first weight, which every cell has, is drawn to, and by what precision. */
  readonly mean: number;
  readonly precision: number;
  /** All others. */
  readonly blocks: readonly Block[];
}

/** Weights that belong together: the effects of the levels of a feature. */
export interface Block {
  readonly offset: number;
  readonly size: number;
  /** The precision by which they are drawn, before the cells tell a better one. */
  readonly precision: number;
  /**
   * Each level is drawn to the one below it, and the lowest to 0: a level that was hardly ever seen is taken for its neighbour.
   * Otherwise each level is drawn to 0.
   */
  readonly ordered: boolean;
}

/** What is thought of a precision beforehand counts like so many effects: a block of two levels is not judged by two. */
const PRECISION_WEIGHT = 4;
/** By then the effects of a block are nothing. */
const PRECISION_MAX = 10_000;

/** A pair of weights of a block, and the factor of their product in what the block's pull costs. Each pair comes once. */
function* productsOf({ offset, size, ordered }: Block): Generator<readonly [number, number, number]> {
  for (let at = offset; at < offset + size; at += 1) {
    const has_above = ordered && at < offset + size - 1;
    yield [at, at, has_above ? 2 : 1];
    if (has_above) yield [at + 1, at, -1];
  }
}

/** The pull on all weights, with the precisions as they are now. */
export class Pull {
  readonly #prior: Prior;
  readonly #precisions: number[];
  readonly size: number;

  constructor(prior: Prior) {
    this.#prior = prior;
    this.#precisions = prior.blocks.map(({ precision }) => precision);
    this.size = prior.blocks.reduce((sum, block) => sum + block.size, 1);
  }

  /** Half the squared distances, by precision. */
  costOf(weights: Float64Array): number {
    const { mean, precision, blocks } = this.#prior;
    const first = precision * ((weights[0] ?? 0) - mean) ** 2;
    return (
      blocks.reduce((sum, block, at) => sum + (this.#precisions[at] ?? 0) * squares(block, weights), first) /
      2
    );
  }

  /** Adds its part to the gradient and to the lower half of the curvature. */
  addTo(gradient: Float64Array, half: Float64Array, weights: Float64Array): void {
    const { mean, precision, blocks } = this.#prior;
    gradient[0] = (gradient[0] ?? 0) - precision * ((weights[0] ?? 0) - mean);
    half[0] = (half[0] ?? 0) + precision;
    for (const [at, block] of blocks.entries()) {
      const of_block = this.#precisions[at] ?? 0;
      for (const [one, other, factor] of productsOf(block)) {
        const pulled = of_block * factor;
        half[one * this.size + other] = (half[one * this.size + other] ?? 0) + pulled;
        gradient[one] = (gradient[one] ?? 0) - pulled * (weights[other] ?? 0);
        if (other !== one) gradient[other] = (gradient[other] ?? 0) - pulled * (weights[one] ?? 0);
      }
    }
  }

  /**
   * Takes the precision of each block from its effects: how large they are, and how many of them the cells tell (MacKay 1992,
   * "Bayesian interpolation"). Where the effects of a block are noise, it becomes so large that they come out as nothing.
   *
   * @param covariances of the weights, of each with itself and with the one before it
   */
  judge(
    weights: Float64Array,
    covariances: { readonly own: Float64Array; readonly before: Float64Array },
  ): void {
    for (const [at, block] of this.#prior.blocks.entries()) {
      let untold = 0;
      for (const [one, other, factor] of productsOf(block)) {
        untold +=
          one === other ? factor * (covariances.own[one] ?? 0) : 2 * factor * (covariances.before[one] ?? 0);
      }
      const told = block.size - (this.#precisions[at] ?? 0) * untold;
      const precision =
        (PRECISION_WEIGHT + told) / (PRECISION_WEIGHT / block.precision + squares(block, weights));
      this.#precisions[at] = Math.min(PRECISION_MAX, precision);
    }
  }
}

/** The squared distances of the weights of a block. */
function squares(block: Block, weights: Float64Array): number {
  let sum = 0;
  for (const [one, other, factor] of productsOf(block)) {
    sum += (one === other ? factor : 2 * factor) * (weights[one] ?? 0) * (weights[other] ?? 0);
  }
  return sum;
}
