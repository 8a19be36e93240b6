import type { GiveTurn } from '../../admission/turns.js';
import { decompose, inverseDiagonal, solve } from './cholesky.js';

/** Attempts in cells: those of a cell have the same features. */
export interface Cells {
  readonly count: number;
  /** For each cell the indexes of the weights that count for it: so many, each once. */
  readonly width: number;
  readonly active: Uint16Array;
  /** For each cell its attempts, and how many of them reached a person. */
  readonly attempts: Float64Array;
  readonly reached: Float64Array;
  /** What each cell's logit has besides its weights. */
  readonly offsets?: Float64Array;
}

/** Weights that belong together: their effects are drawn to nothing by the same precision, which is found with them. */
export interface Block {
  readonly offset: number;
  readonly size: number;
  /** The precision before anything is known. */
  readonly ridge: number;
}

/** The weights of a model before anything is known. */
export interface Prior {
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

/** After some rounds the precisions hardly change any more, and no weight changes with them. */
const PRECISION_ROUNDS = 6;
/** What is thought of a precision beforehand counts like so many effects: a block of two levels is not judged by two. */
const PRECISION_WEIGHT = 4;
/** By then the effects of a block are nothing. */
const PRECISION_MAX = 10_000;
/** Newton's method doubles the digits with each round: from nothing to all that matter it takes six to nine. */
const ROUNDS_MAX = 30;
/** A change of a logit by this much changes a probability by a quarter of it at most. */
const SMALL_STEP = 1e-4;
/** Some milliseconds of work. */
const CELLS_A_TURN = 4_000;

/**
 * The weights of a logistic regression under which the cells are most likely, where the effects of each block are drawn to
 * nothing. How strongly, the cells tell too (MacKay 1992, "Bayesian interpolation"): effects that are noise come out as nothing.
 * The work is done in turns. The same cells give the same weights.
 */
export async function fit(cells: Cells, prior: Prior, give_turn: GiveTurn): Promise<Float64Array> {
  const size = prior.blocks.reduce((sum, block) => sum + block.size, 1);
  const means = new Float64Array(size);
  means[0] = prior.mean;
  const ridges = new Float64Array(size).fill(prior.ridge);
  for (const { offset, size: levels, ridge } of prior.blocks) ridges.fill(ridge, offset, offset + levels);
  const weights = Float64Array.from(means);
  for (let round = 0; ; round += 1) {
    const half = await climb(cells, weights, { means, ridges }, give_turn);
    if (round === PRECISION_ROUNDS) return weights;
    const variances = await inverseDiagonal(half, size, give_turn);
    for (const block of prior.blocks) judgePrecision(block, weights, variances, ridges);
  }
}

/** Takes the precision of a block from its effects: how large they are, and how many of them the cells tell. */
function judgePrecision(
  { offset, size, ridge }: Block,
  weights: Float64Array,
  variances: Float64Array,
  ridges: Float64Array,
): void {
  const precision = ridges[offset] ?? ridge;
  let squares = PRECISION_WEIGHT / ridge;
  let told = PRECISION_WEIGHT;
  for (let at = offset; at < offset + size; at += 1) {
    squares += (weights[at] ?? 0) ** 2;
    told += 1 - precision * (variances[at] ?? 0);
  }
  ridges.fill(Math.min(PRECISION_MAX, told / squares), offset, offset + size);
}

/** Brings the weights to where they are most likely under this pull. Returns Cholesky's half of the curvature near there. */
async function climb(
  cells: Cells,
  weights: Float64Array,
  pull: Pull,
  give_turn: GiveTurn,
): Promise<Float64Array> {
  let best = await lossOf(cells, weights, pull, give_turn);
  for (let round = 0; ; round += 1) {
    const { step, half } = await newtonStep(cells, weights, pull, give_turn);
    if (round === ROUNDS_MAX || step.every((change) => Math.abs(change) < SMALL_STEP)) return half;
    const start = Float64Array.from(weights);
    let loss = Number.POSITIVE_INFINITY;
    // Far from the best weights a whole step may lead too far.
    for (let scale = 1; loss > best && scale > SMALL_STEP; scale /= 2) {
      for (const [at, from] of start.entries()) weights[at] = from + scale * (step[at] ?? 0);
      loss = await lossOf(cells, weights, pull, give_turn);
    }
    if (loss > best) {
      weights.set(start); // the last digit is reached
      return half;
    }
    best = loss;
  }
}

/** The logit of a cell. */
export function logitOf({ active, width, offsets }: Cells, cell: number, weights: Float64Array): number {
  let logit = offsets?.[cell] ?? 0;
  for (let at = cell * width; at < (cell + 1) * width; at += 1) logit += weights[active[at] ?? 0] ?? 0;
  return logit;
}

export function chanceOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

async function lossOf(
  cells: Cells,
  weights: Float64Array,
  { means, ridges }: Pull,
  give_turn: GiveTurn,
): Promise<number> {
  let loss = 0;
  for (const [at, ridge] of ridges.entries()) {
    loss += (ridge * ((weights[at] ?? 0) - (means[at] ?? 0)) ** 2) / 2;
  }
  for (let cell = 0; cell < cells.count; cell += 1) {
    if (cell % CELLS_A_TURN === 0) await give_turn();
    const logit = logitOf(cells, cell, weights);
    // log(1 + e^x), also where e^x is too large for a number.
    const softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    loss += (cells.attempts[cell] ?? 0) * softplus - (cells.reached[cell] ?? 0) * logit;
  }
  return loss;
}

async function newtonStep(
  cells: Cells,
  weights: Float64Array,
  { means, ridges }: Pull,
  give_turn: GiveTurn,
): Promise<{ readonly step: Float64Array; readonly half: Float64Array }> {
  const size = weights.length;
  const gradient = ridges.map((ridge, at) => ridge * ((means[at] ?? 0) - (weights[at] ?? 0)));
  const half = new Float64Array(size * size);
  for (const [at, ridge] of ridges.entries()) half[at * size + at] = ridge;
  for (let cell = 0; cell < cells.count; cell += 1) {
    if (cell % CELLS_A_TURN === 0) await give_turn();
    addCell(cells, cell, weights, gradient, half);
  }
  await decompose(half, size, give_turn);
  return { step: solve(half, gradient), half };
}

function addCell(
  cells: Cells,
  cell: number,
  weights: Float64Array,
  gradient: Float64Array,
  half: Float64Array,
): void {
  const { active, width } = cells;
  const attempts = cells.attempts[cell] ?? 0;
  const chance = chanceOf(logitOf(cells, cell, weights));
  const rest = (cells.reached[cell] ?? 0) - attempts * chance;
  const curved = attempts * chance * (1 - chance);
  const start = cell * width;
  // The weights of a cell are in ascending order, so these are in the lower half.
  for (let one = start; one < start + width; one += 1) {
    const row = active[one] ?? 0;
    gradient[row] = (gradient[row] ?? 0) + rest;
    const row_start = row * gradient.length;
    for (let other = start; other <= one; other += 1) {
      const place = row_start + (active[other] ?? 0);
      half[place] = (half[place] ?? 0) + curved;
    }
  }
}
