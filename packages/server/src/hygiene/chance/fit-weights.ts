import type { GiveTurn } from '../../admission/turns.js';
import { decompose, nearDiagonal, solve } from './cholesky.js';
import { type Prior, Pull } from './drawn.js';

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

/** After some rounds the precisions hardly change any more, and no weight changes with them. */
const PRECISION_ROUNDS = 6;
/** Newton's method doubles the digits with each round: from nothing to all that matter it takes six to nine. */
const ROUNDS_MAX = 30;
/** A change of a logit by this much changes a probability by a quarter of it at most. */
const SMALL_STEP = 1e-4;
/** Some milliseconds of work. */
const CELLS_A_TURN = 4_000;

/**
 * The weights of a logistic regression under which the cells are most likely, drawn to what is thought of them beforehand. How
 * strongly, the cells tell too. The work is done in turns. The same cells give the same weights.
 */
export async function fitWeights(cells: Cells, prior: Prior, give_turn: GiveTurn): Promise<Float64Array> {
  const pull = new Pull(prior);
  const weights = new Float64Array(pull.size);
  weights[0] = prior.mean;
  for (let round = 0; ; round += 1) {
    const half = await climb(cells, weights, pull, give_turn);
    if (round === PRECISION_ROUNDS) return weights;
    pull.judge(weights, await nearDiagonal(half, pull.size, give_turn));
  }
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

async function lossOf(cells: Cells, weights: Float64Array, pull: Pull, give_turn: GiveTurn): Promise<number> {
  let loss = pull.costOf(weights);
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
  pull: Pull,
  give_turn: GiveTurn,
): Promise<{ readonly step: Float64Array; readonly half: Float64Array }> {
  const size = weights.length;
  const gradient = new Float64Array(size);
  const half = new Float64Array(size * size);
  pull.addTo(gradient, half, weights);
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
