import type { Attempt } from '@recuento/contract';
import { generate, WORLDS, type WorldName } from '@recuento/generator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChanceRequest } from '../src/hygiene/chance/asked.js';
import { calibrate } from '../src/hygiene/chance/calibration.js';
import { readCells } from '../src/hygiene/chance/cells.js';
import { chanceOf, logitOf } from '../src/hygiene/chance/fit-weights.js';
import { train } from '../src/hygiene/chance/train-chance.js';
import { lineSql } from '../src/hygiene/spellings/line-sql.js';
import { CallBudget } from '../src/reports/budget.js';
import { brier, plainRegression, plainTable, rateOfCampaign, walked } from './chance/walked.js';
import { TestService } from './harness.js';

/** A midnight of Bogota. */
const UNTIL_S = Date.UTC(2025, 10, 1, 5) / 1_000;
const WEEK_S = 7 * 86_400;

interface Tried {
  readonly worlds: readonly WorldName[];
  readonly seeds: readonly number[];
  readonly attempts: number;
}

const FULL: Tried = { worlds: Object.keys(WORLDS) as WorldName[], seeds: [1, 2], attempts: 300_000 };
const SOME: Tried = { worlds: ['hard_default', 'everything'], seeds: [1], attempts: 150_000 };
const { worlds, seeds, attempts } = process.env.RECUENTO_FUZZ === 'full' ? FULL : SOME;

let service: TestService;
const lines: string[] = [];

beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
  if (process.env.RECUENTO_FUZZ === 'full') process.stdout.write(`${HEADING}\n${lines.join('\n')}\n`);
});

const HEADING = `${'world'.padEnd(24)} seed   base  gain of table  regression  model  slope   mean  worst bin`;

async function dialed(
  world: WorldName,
  seed: number,
): Promise<{ asked: ChanceRequest & { readonly budget: CallBudget }; delivered: Attempt[] }> {
  const { services } = service.service;
  const { server } = await service.operation();
  const operation = await services.accounts.operations.byServer(server);
  const give_turn = services.admission.desk.stream(server);
  const delivered: Attempt[] = [];
  const size = world === 'small_operation' ? 20_000 : attempts;
  for (const batch of generate({ ...WORLDS[world], seed, attempts: size, until_s: UNTIL_S })) {
    await services.uploads.accept(operation, batch, give_turn);
    delivered.push(...batch);
  }
  const budget = new CallBudget(240_000, new AbortController().signal, () => undefined);
  const { id: operation_id, time_zone } = operation;
  const lines = lineSql(undefined);
  return { asked: { engine: services.engine, operation_id, time_zone, lines, budget, give_turn }, delivered };
}

test.each(worlds.flatMap((world) => seeds.map((seed) => [world, seed] as const)))(
  'in the world %s (seed %i) the probability is better than a plain table, and means what it says',
  async (world, seed) => {
    const { asked, delivered } = await dialed(world, seed);
    await asked.budget.run(async () => {
      const from_s = UNTIL_S - WEEK_S;
      const { chance, dialed: known } = await train(asked, from_s - 1);
      const week = await readCells(asked, known, { from_s: from_s - 1, until_s: UNTIL_S - 1 });
      const rows = walked(delivered);
      const before = rows.filter(({ dialed_at }) => dialed_at < from_s);
      const after = rows.filter(({ dialed_at }) => dialed_at >= from_s);
      const cells = Array.from({ length: week.count }, (_, cell) => ({
        logit: logitOf(week, cell, chance.weights),
        attempts: week.attempts[cell] ?? 0,
        reached: week.reached[cell] ?? 0,
      }));
      const sum = (of: (cell: (typeof cells)[number]) => number) =>
        cells.reduce((all, cell) => all + of(cell), 0);
      const reached = sum((cell) => cell.reached);
      expect(sum((cell) => cell.attempts)).toBe(after.length);
      expect(reached).toBe(after.filter(({ is_reached }) => is_reached).length);

      const base = brier(after, rateOfCampaign(before));
      const table = base - brier(after, plainTable(before));
      const regression = base - brier(after, plainRegression(before));
      const squares = sum(
        (cell) => cell.attempts * chanceOf(cell.logit) ** 2 + cell.reached * (1 - 2 * chanceOf(cell.logit)),
      );
      const model = base - squares / after.length;
      const mean = sum((cell) => cell.attempts * chanceOf(cell.logit)) / reached;
      const slope = slopeOf(cells);
      const { bins, ...scores } = await calibrate(asked, UNTIL_S - 1);
      const large = bins.filter((bin) => bin.attempts >= 500);
      const worst = Math.max(...large.map((bin) => Math.abs(bin.predicted - bin.reached)));
      const figures = [base, table, regression, model].map((figure) => figure.toFixed(5));
      const others = [slope, mean, worst].map((figure) => figure.toFixed(3));
      lines.push([world.padEnd(24), seed, ...figures, ...others].join('  '));

      expect(scores.trained_until_s).toBe(from_s - 1);
      expect(scores.brier).toBeCloseTo(squares / after.length, 10);
      expect(scores.brier_base).toBeCloseTo(base, 10);
      expect.soft(model).toBeGreaterThanOrEqual(table);
      expect.soft(slope).toBeGreaterThan(0.9);
      expect.soft(slope).toBeLessThan(1.1);
      expect.soft(Math.abs(mean - 1)).toBeLessThan(0.05);
      // Of few attempts chance alone brings more than three points.
      const off = large.filter(({ predicted, reached: share, attempts: count }) => {
        const by_chance = 3 * Math.sqrt((predicted * (1 - predicted)) / count);
        return Math.abs(predicted - share) > Math.max(0.03, by_chance);
      });
      expect.soft(off).toEqual([]);
    });
  },
);

/** By which factor the logits would have to be stretched to fit what happened best. */
function slopeOf(cells: readonly { logit: number; attempts: number; reached: number }[]): number {
  let [shift, slope] = [0, 1];
  for (let round = 0; round < 30; round += 1) {
    let [a, b, aa, ab, bb] = [0, 0, 0, 0, 0];
    for (const { logit, attempts: count, reached } of cells) {
      const chance = chanceOf(shift + slope * logit);
      const rest = reached - count * chance;
      const curved = count * chance * (1 - chance);
      a += rest;
      b += rest * logit;
      aa += curved;
      ab += curved * logit;
      bb += curved * logit ** 2;
    }
    const determinant = aa * bb - ab ** 2;
    shift += (bb * a - ab * b) / determinant;
    slope += (aa * b - ab * a) / determinant;
  }
  return slope;
}
