import { WORLDS, type WorldName } from '@recuento/generator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestService } from './harness.js';
import { fileRows } from './hygiene/asking.js';
import { Score } from './hygiene/score.js';
import { truthOf } from './hygiene/truth.js';
import { fill, WORLD_ZONE, worldOptions } from './hygiene/world.js';

/**
 * Verdicts of generated operations whose truth is known, as the service tells them. `npm run worlds` shows all worlds at any size;
 * these are so small that a few wrong ones in a thousand are a matter of the seed, so the seeds are those of which both the promise
 * and its margin were seen, and not the best ones.
 */
const ATTEMPTS = 50_000;
const SEEDS = process.env.RECUENTO_FUZZ === 'full' ? [1, 2, 3] : [1];

interface Goal {
  readonly precision: number;
  readonly recall: number;
}
/** Where nobody lies of more than half of the calls, and where a trunk lies of about 60 % of its unanswered ones. */
const USUAL: Goal = { precision: 0.995, recall: 0.97 };
const LIAR_60: Goal = { precision: 0.985, recall: 0.9 };
const AGREEMENT = 0.95;

/** Whether a rule that drops listed liars, and then takes two strong words for proof, is wrong there: else the world is too easy. */
interface Tried extends Goal {
  readonly world: WorldName;
  readonly fools_lists: boolean;
}
const TRIED: readonly Tried[] = [
  { world: 'everything', ...LIAR_60, fools_lists: true },
  { world: 'no_trunk_third', ...LIAR_60, fools_lists: true },
  { world: 'one_liar_60', ...LIAR_60, fools_lists: false },
  { world: 'lying_network', ...USUAL, fools_lists: true },
  { world: 'liar_for_a_week', ...USUAL, fools_lists: false },
  { world: 'wrong_prefix', ...USUAL, fools_lists: false },
];

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

async function scored(world: WorldName, seed: number): Promise<{ score: Score; by_list: Score }> {
  const options = worldOptions(world, seed, ATTEMPTS);
  const operation = await service.operation({ time_zone: WORLD_ZONE });
  await fill(operation, options);
  const truth = truthOf(options);
  const score = new Score(truth);
  for (const { telephone, verdict } of await fileRows(operation, { as_of: '2026-10-31T23:59:59-05:00' })) {
    score.add(String(telephone), String(verdict));
  }
  return { score, by_list: new Score(truth).addByList() };
}

const recalls = new Map<WorldName, number>();

test.each(TRIED.flatMap((tried) => SEEDS.map((seed) => [tried.world, seed, tried] as const)))(
  'in the world %s (seed %i) who is called invalid is dead, and who is provably dead is called so',
  async (world, seed, { precision, recall, fools_lists }) => {
    const { score, by_list } = await scored(world, seed);
    expect(score.called).toBeGreaterThan(300);
    expect([score.precision >= precision, score.text()]).toEqual([true, score.text()]);
    expect([score.recall >= recall, score.text()]).toEqual([true, score.text()]);
    expect([score.agreement >= AGREEMENT, score.text()]).toEqual([true, score.text()]);
    if (process.env.RECUENTO_FUZZ === 'full') {
      process.stdout.write(`${world} ${seed}: ${score.text()}; by a list: ${by_list.text()}\n`);
    }
    if (fools_lists) expect([by_list.precision < precision, by_list.text()]).toEqual([true, by_list.text()]);
    recalls.set(world, score.recall);
  },
);

test('where a third of the attempts tell no trunk, as many are found, within two points', async () => {
  const { score } = await scored('many_liars', SEEDS.at(-1) ?? 1);
  expect(recalls.get('no_trunk_third')).toBeGreaterThan(score.recall - 0.02);
  expect(WORLDS.no_trunk_third.world.lying_trunks).toBe(WORLDS.many_liars.world.lying_trunks);
});
