import { expect, test } from 'vitest';
import type { Prior } from './drawn.js';
import { type Cells, chanceOf, fitWeights, logitOf } from './fit-weights.js';

const give_turn = async () => undefined;
const logit = (chance: number) => Math.log(chance / (1 - chance));

/** Two blocks of three and two levels. */
const PRIOR: Prior = {
  mean: logit(0.15),
  precision: 2,
  blocks: [
    { offset: 1, size: 3, precision: 1, ordered: true },
    { offset: 4, size: 2, precision: 1, ordered: false },
  ],
};

/** A cell for each pair of levels. */
function cellsOf(attempts: number, chance: (one: number, other: number) => number): Cells {
  const pairs = [0, 1, 2].flatMap((one) => [0, 1].map((other) => [one, other] as const));
  return {
    count: pairs.length,
    width: 3,
    active: Uint16Array.from(pairs.flatMap(([one, other]) => [0, 1 + one, 4 + other])),
    attempts: new Float64Array(pairs.length).fill(attempts),
    reached: Float64Array.from(pairs, ([one, other]) => attempts * chance(one, other)),
  };
}

const chancesOf = (cells: Cells, weights: Float64Array) =>
  Array.from({ length: cells.count }, (_, cell) => chanceOf(logitOf(cells, cell, weights)));

test('with many attempts each cell has the chance that its effects give it', async () => {
  const truth = (one: number, other: number) => chanceOf(-2 + ([0, 0.7, -1][one] ?? 0) + 1.5 * other);
  const cells = cellsOf(1_000_000, truth);
  const chances = chancesOf(cells, await fitWeights(cells, PRIOR, give_turn));
  for (const [cell, chance] of chances.entries()) {
    expect(chance).toBeCloseTo(truth(Math.floor(cell / 2), cell % 2), 4);
  }
});

test('without attempts every chance is what is typical, and a few attempts move it a little', async () => {
  const none = cellsOf(0, () => 0);
  for (const chance of chancesOf(none, await fitWeights(none, PRIOR, give_turn)))
    expect(chance).toBeCloseTo(0.15, 6);
  const few = cellsOf(1, () => 1);
  for (const chance of chancesOf(few, await fitWeights(few, PRIOR, give_turn))) {
    expect(chance).toBeGreaterThan(0.2);
    expect(chance).toBeLessThan(0.9);
  }
});

test('a cell of few attempts is drawn to what the others have', async () => {
  const cells = cellsOf(10_000, () => 0.2);
  cells.attempts[5] = 4;
  cells.reached[5] = 4;
  const chances = chancesOf(cells, await fitWeights(cells, PRIOR, give_turn));
  expect(chances[5]).toBeGreaterThan(0.195);
  expect(chances[5]).toBeLessThan(0.23);
});

test('a level that was never seen is taken for the one below it', async () => {
  const cells = cellsOf(10_000, (one) => (one === 0 ? 0.5 : 0.05));
  for (const cell of [4, 5]) [cells.attempts[cell], cells.reached[cell]] = [0, 0];
  const chances = chancesOf(cells, await fitWeights(cells, PRIOR, give_turn));
  expect(chances[4]).toBeCloseTo(0.05, 2);
});

test('an offset is taken as it is', async () => {
  const offsets = new Float64Array(6).fill(1);
  const cells = { ...cellsOf(100_000, () => chanceOf(0)), offsets };
  const weights = await fitWeights(cells, { ...PRIOR, mean: 0 }, give_turn);
  expect(logitOf(cells, 0, weights)).toBeCloseTo(0, 3);
  expect(logitOf(cells, 0, new Float64Array(6))).toBe(1);
});

test('long work gives turns', async () => {
  let turns = 0;
  const cells = cellsOf(1_000, () => 0.3);
  await fitWeights(cells, PRIOR, async () => {
    turns += 1;
  });
  expect(turns).toBeGreaterThan(5);
});
