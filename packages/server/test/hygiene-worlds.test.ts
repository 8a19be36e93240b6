import { type BacktestDocument, type Condition, VERDICTS, type Verdict } from '@recuento/contract';
import { type GenerateOptions, NUMBERING, WORLDS, type WorldName } from '@recuento/generator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestOperation, TestService } from './harness.js';
import { type Aftermath, aftermathOf } from './hygiene/aftermath.js';
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
/** Of the people who are reached afterwards, the share that the rule to begin with may lose; and of dials to dead lines, what it saves. */
const LOST_MAX = 0.005;
const SAVED_MIN = 0.3;
/** What is known then are the first twenty of 31 days. */
const APPLIED_AT = '2026-10-20T23:59:59-05:00';
/** What the rule takes beside the verdict, and for how long. */
const HARDLY_ANY = 0.025;
const QUARANTINE_DAYS = 90;

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

interface Filled {
  readonly operation: TestOperation;
  readonly options: GenerateOptions;
}

async function filled(world: WorldName, seed: number): Promise<Filled> {
  const options = worldOptions(world, seed, ATTEMPTS);
  const operation = await service.operation({ time_zone: WORLD_ZONE, numbering: NUMBERING });
  await fill(operation, options);
  return { operation, options };
}

async function scored({ operation, options }: Filled): Promise<{ score: Score; by_list: Score }> {
  const truth = truthOf(options);
  const score = new Score(truth);
  for (const { telephone, verdict } of await fileRows(operation, { as_of: '2026-10-31T23:59:59-05:00' })) {
    score.add(String(telephone), String(verdict));
  }
  return { score, by_list: new Score(truth).addByList() };
}

/** What the rule to begin with would have cost and saved: as the service says, and as the truth has it. */
async function backtested({
  operation,
  options,
}: Filled): Promise<{ told: BacktestDocument; truth: Aftermath }> {
  const asked = { rule_id: 'balanced', as_of: APPLIED_AT, until: '2026-10-31T23:59:59-05:00' };
  const reply = await service.v1('POST', '/hygiene/backtest', operation.token, asked);
  expect(reply.status).toBe(200);
  const rows = await fileRows(operation, { as_of: APPLIED_AT, verdict: 'invalid' });
  const unlikely = rows.filter(({ probability }) => Number(probability) < HARDLY_ANY);
  const taken = new Set(unlikely.map(({ telephone }) => String(telephone)));
  const as_of_s = Date.parse(APPLIED_AT) / 1_000;
  return {
    told: JSON.parse(await reply.text()),
    truth: aftermathOf(options, as_of_s, taken, QUARANTINE_DAYS),
  };
}

const recalls = new Map<WorldName, number>();

test.each(TRIED.flatMap((tried) => SEEDS.map((seed) => [tried.world, seed, tried] as const)))(
  'in the world %s (seed %i) who is called invalid is dead, who is provably dead is called so, and hardly anybody is lost',
  async (world, seed, { precision, recall, fools_lists }) => {
    const in_world = await filled(world, seed);
    const { score, by_list } = await scored(in_world);
    expect(score.called).toBeGreaterThan(300);
    expect([score.precision >= precision, score.text()]).toEqual([true, score.text()]);
    expect([score.recall >= recall, score.text()]).toEqual([true, score.text()]);
    expect([score.agreement >= AGREEMENT, score.text()]).toEqual([true, score.text()]);
    if (process.env.RECUENTO_FUZZ === 'full') {
      process.stdout.write(`${world} ${seed}: ${score.text()}; by a list: ${by_list.text()}\n`);
    }
    if (fools_lists) expect([by_list.precision < precision, by_list.text()]).toEqual([true, by_list.text()]);
    recalls.set(world, score.recall);

    const { told, truth } = await backtested(in_world);
    const { dials_after, dials_saved, people_reached_after, people_lost } = truth;
    expect(told).toMatchObject({ dials_after, dials_saved, people_reached_after, people_lost });
    expect(people_lost / people_reached_after).toBeLessThanOrEqual(LOST_MAX);
    expect(truth.dead_saved / truth.dials_to_dead).toBeGreaterThanOrEqual(SAVED_MIN);
    await expectAllTaken(in_world.operation);
  },
);

/**
 * A rule looks at few lines closely: of each verdict none that has it is left out, and where a rule asks nothing of verdicts, those that
 * it takes have the same as in the verdicts' file.
 */
async function expectAllTaken(operation: TestOperation): Promise<void> {
  const rows = await fileRows(operation, { as_of: APPLIED_AT });
  const having = (verdict: Verdict, of = rows) => of.filter((row) => row.verdict === verdict).length;
  const taken = async (condition: Condition) => {
    const rule = { campaign_id: 'all', conditions: [condition], quarantine_days: 1 };
    const asked = { rule, as_of: APPLIED_AT, until: '2026-10-31T23:59:59-05:00' };
    const reply = await service.v1('POST', '/hygiene/backtest', operation.token, asked);
    const told: BacktestDocument = JSON.parse(await reply.text());
    return told;
  };
  for (const verdict of VERDICTS) {
    const { telephones_taken } = await taken({ kind: 'verdict', in: [verdict] });
    expect([verdict, telephones_taken]).toEqual([verdict, having(verdict)]);
  }
  const failed_twice = rows.filter(({ failed }) => Number(failed) >= 2);
  const { by_verdict } = await taken({ kind: 'count', codes: ['failed'], at_least: 2, within_days: null });
  expect(by_verdict.map(({ verdict, telephones_taken }) => [verdict, telephones_taken])).toEqual(
    VERDICTS.map((verdict) => [verdict, having(verdict, failed_twice)]),
  );
}

test('where a third of the attempts tell no trunk, as many are found, within two points', async () => {
  const { score } = await scored(await filled('many_liars', SEEDS.at(-1) ?? 1));
  expect(recalls.get('no_trunk_third')).toBeGreaterThan(score.recall - 0.02);
  expect(WORLDS.no_trunk_third.world.lying_trunks).toBe(WORLDS.many_liars.world.lying_trunks);
});
