import type { GiveTurn } from '../../admission/turns.js';

/** Attempts that have the same features. */
export interface Cell {
  /** Indexes of the weights that count for it, each once. */
  readonly active: Uint16Array;
  readonly attempts: number;
  /** How many of them reached a person. */
  readonly reached: number;
  /** What its logit has besides its weights. */
  readonly offset?: number;
}

/** Weights that belong together: their effects are drawn to nothing by the same strength, which is found with them. */
export interface Block {
  readonly offset: number;
  readonly size: number;
  /** The strength before anything is known: the precision of an effect. */
  readonly ridge: number;
}

/** The weights of a model before anything is known. */
export interface Prior {
  readonly size: number;
  /** What the first weight, which every cell has, is drawn to, and by what precision. */
  readonly mean: number;
  readonly ridge: number;
  /** All others. */
  readonly blocks: readonly Block[];
}

/** How strongly each weight is drawn to its mean. */
interface Pull {
  readonly means: Float64Array;
  readonly ridges: Float64Array;
}

/** After some rounds the strengths hardly change any more, and no weight changes with them. */
const STRENGTH_ROUNDS = 6;
/** What is thought of a strength beforehand counts like so many effects, so that a block of two levels is not judged by two. */
const STRENGTH_WEIGHT = 4;
const STRENGTH_MAX = 10_000;
/** Newton's method doubles the digits with each round; from nothing to six digits takes six to nine. */
const ROUNDS_MAX = 30;
/** A change of a logit by less than this changes no probability by more than a quarter of it. */
const SMALL_STEP = 1e-4;
/** Some milliseconds of work. */
const CELLS_A_TURN = 5_000;
const MULTIPLICATIONS_A_TURN = 2_000_000;

/**
 * The weights of a logistic regression under which the cells are most likely, where the effects of each block are drawn to
 * nothing. How strongly, the cells tell too (MacKay 1992, "Bayesian interpolation"): where the effects of a block are noise, they
 * come out as nothing. The work is done in turns. The same cells give the same weights.
 */
export async function fit(cells: readonly Cell[], prior: Prior, give_turn: GiveTurn): Promise<Float64Array> {
  const means = new Float64Array(prior.size);
  means[0] = prior.mean;
  const ridges = new Float64Array(prior.size).fill(prior.ridge);
  for (const { offset, size, ridge } of prior.blocks) ridges.fill(ridge, offset, offset + size);
  const weights = Float64Array.from(means);
  for (let round = 0; ; round += 1) {
    const curvature = await climb(cells, weights, { means, ridges }, give_turn);
    if (round === STRENGTH_ROUNDS) return weights;
    const variances = await inverseDiagonal(curvature, prior.size, give_turn);
    for (const { offset, size, ridge } of prior.blocks) {
      const strength = ridges[offset] ?? ridge;
      let squares = STRENGTH_WEIGHT / ridge;
      let known = STRENGTH_WEIGHT;
      for (let at = offset; at < offset + size; at += 1) {
        squares += (weights[at] ?? 0) ** 2;
        known += 1 - strength * (variances[at] ?? 0);
      }
      ridges.fill(Math.min(STRENGTH_MAX, known / squares), offset, offset + size);
    }
  }
}

/** Brings the weights to where they are most likely under this pull. Returns Cholesky's half of the curvature there. */
async function climb(
  cells: readonly Cell[],
  weights: Float64Array,
  pull: Pull,
  give_turn: GiveTurn,
): Promise<Float64Array> {
  let best = await lossOf(cells, weights, pull, give_turn);
  for (let round = 0; ; round += 1) {
    const { step, curvature } = await newtonStep(cells, weights, pull, give_turn);
    if (round === ROUNDS_MAX || step.every((change) => Math.abs(change) < SMALL_STEP)) return curvature;
    const start = Float64Array.from(weights);
    let loss = Number.POSITIVE_INFINITY;
    // Far from the best weights a whole step may lead too far.
    for (let scale = 1; loss > best && scale > SMALL_STEP; scale /= 2) {
      for (let at = 0; at < weights.length; at += 1)
        weights[at] = (start[at] ?? 0) + scale * (step[at] ?? 0);
      loss = await lossOf(cells, weights, pull, give_turn);
    }
    if (loss > best) {
      weights.set(start); // no digit is left to gain
      return curvature;
    }
    best = loss;
  }
}

/** The logit of a cell. */
export function logitOf({ active, offset = 0 }: Pick<Cell, 'active' | 'offset'>, weights: Float64Array): number {
  let logit = offset;
  for (const at of active) logit += weights[at] ?? 0;
  return logit;
}

export function chanceOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

async function lossOf(
  cells: readonly Cell[],
  weights: Float64Array,
  { means, ridges }: Pull,
  give_turn: GiveTurn,
): Promise<number> {
  let loss = 0;
  for (const [at, ridge] of ridges.entries()) loss += (ridge * ((weights[at] ?? 0) - (means[at] ?? 0)) ** 2) / 2;
  for (const [at, cell] of cells.entries()) {
    if (at % CELLS_A_TURN === 0) await give_turn();
    const logit = logitOf(cell, weights);
    // log(1 + e^x), also where e^x is too large.
    const log1p_exp = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    loss += cell.attempts * log1p_exp - cell.reached * logit;
  }
  return loss;
}

async function newtonStep(
  cells: readonly Cell[],
  weights: Float64Array,
  { means, ridges }: Pull,
  give_turn: GiveTurn,
): Promise<{ step: Float64Array; curvature: Float64Array }> {
  const size = weights.length;
  const gradient = ridges.map((ridge, at) => ridge * ((means[at] ?? 0) - (weights[at] ?? 0)));
  const curvature = new Float64Array(size * size);
  for (let at = 0; at < size; at += 1) curvature[at * size + at] = ridges[at] ?? 0;
  for (const [at, cell] of cells.entries()) {
    if (at % CELLS_A_TURN === 0) await give_turn();
    const chance = chanceOf(logitOf(cell, weights));
    const rest = cell.reached - cell.attempts * chance;
    const curved = cell.attempts * chance * (1 - chance);
    for (const row of cell.active) {
      gradient[row] = (gradient[row] ?? 0) + rest;
      const row_start = row * size;
      for (const column of cell.active) {
        if (column <= row) curvature[row_start + column] = (curvature[row_start + column] ?? 0) + curved;
      }
    }
  }
  await decompose(curvature, size, give_turn);
  return { step: solve(curvature, gradient), curvature };
}

/** Cholesky's decomposition of a symmetric positive definite matrix, in place. @param matrix its lower half, row by row */
async function decompose(matrix: Float64Array, size: number, give_turn: GiveTurn): Promise<void> {
  let multiplications = 0;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const sum = (matrix[row * size + column] ?? 0) - product(matrix, row * size, column * size, column);
      if (column < row) matrix[row * size + column] = sum / (matrix[column * size + column] ?? 1);
      else matrix[row * size + row] = Math.sqrt(sum);
    }
    multiplications += (row * row) / 2;
    if (multiplications < MULTIPLICATIONS_A_TURN) continue;
    multiplications = 0;
    await give_turn();
  }
}

/** The solution of a system, by the decomposition of its matrix. */
function solve(half: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    const sum = (solution[row] ?? 0) - product2(half, row * size, solution, row);
    solution[row] = sum / (half[row * size + row] ?? 1);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = solution[row] ?? 0;
    for (let below = row + 1; below < size; below += 1)
      sum -= (half[below * size + row] ?? 0) * (solution[below] ?? 0);
    solution[row] = sum / (half[row * size + row] ?? 1);
  }
  return solution;
}

/** The diagonal of the inverse, by the decomposition: the sums of squares of the columns of the half's inverse. */
async function inverseDiagonal(half: Float64Array, size: number, give_turn: GiveTurn): Promise<Float64Array> {
  const diagonal = new Float64Array(size);
  const column = new Float64Array(size);
  let multiplications = 0;
  for (let at = 0; at < size; at += 1) {
    column.fill(0);
    column[at] = 1 / (half[at * size + at] ?? 1);
    let squares = (column[at] ?? 0) ** 2;
    for (let row = at + 1; row < size; row += 1) {
      let sum = 0;
      for (let other = at; other < row; other += 1)
        sum -= (half[row * size + other] ?? 0) * (column[other] ?? 0);
      column[row] = sum / (half[row * size + row] ?? 1);
      squares += (column[row] ?? 0) ** 2;
    }
    diagonal[at] = squares;
    multiplications += (size - at) ** 2 / 2;
    if (multiplications < MULTIPLICATIONS_A_TURN) continue;
    multiplications = 0;
    await give_turn();
  }
  return diagonal;
}

function product2(matrix: Float64Array, start: number, vector: Float64Array, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += (matrix[start + at] ?? 0) * (vector[at] ?? 0);
  return sum;
}

function product(matrix: Float64Array, one: number, other: number, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += (matrix[one + at] ?? 0) * (matrix[other + at] ?? 0);
  return sum;
}
