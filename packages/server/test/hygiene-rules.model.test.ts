import { type Condition, MACHINE_CODES, type Numbering, type TriedRule, VERDICTS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backtest } from '../src/hygiene/rules/backtest.js';
import { preview } from '../src/hygiene/rules/preview.js';
import type { RuleThen } from '../src/hygiene/rules/rule-then.js';
import { CallBudget } from '../src/reports/budget.js';
import { casesOf } from './cases.js';
import { type SentAttempt, type TestOperation, TestService } from './harness.js';
import { backtested, taken, type World } from './model/rules.js';
import { Tally } from './model/tally.js';
import { plainKnowledge, plainWorld } from './plain-knowledge.js';

/** Rules, preview and backtest against a plain model: edges of seconds and days, ties, faults, campaigns, curves. */
const CASES = casesOf({ embedded: 30, server: 10, full: 600 });

const DAY_S = 86_400;
const AS_OF_S = Date.UTC(2026, 10, 16, 12) / 1_000;
const UNTIL_S = AS_OF_S + 5 * DAY_S;
const FAULT = { trunk: 'north', from_s: AS_OF_S - 2 * DAY_S, until_s: AS_OF_S - DAY_S };

const IDS = ['a', 'b', 'c', "d'", 'e\\'];
const hashes = new Map<string, bigint>();
const hashOf = (id: string) => hashes.get(id) ?? 0n;
/** Operations that declare nothing, and those that declare Colombia and a dial prefix of 9. */
const LINES = new Map([
  ['3001234567', '+573001234567'],
  ['573001234567', '+573001234567'],
  ['9573001234567', '+573001234567'],
]);
const WORLDS = [
  { numbering: null, world: plainWorld(FAULT, hashOf) },
  {
    numbering: { country: 'CO', dial_prefixes: ['9'] },
    world: plainWorld(FAULT, hashOf, (telephone) => LINES.get(telephone) ?? telephone),
  },
] as const satisfies readonly { numbering: Numbering | null; world: World }[];
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
  for (const id of IDS) {
    const hash = await service.service.services.engine.read({
      sql: 'SELECT sipHash64({id:String}) FORMAT TSV',
      params: { id },
      fair_key: 'test',
      max_ms: 10_000,
    });
    hashes.set(id, BigInt(hash.toString().trim()));
  }
});
afterAll(() => service.stop());

/** Most moments are a second or less from where something begins or ends. */
const near = (...moments: number[]) =>
  fc
    .tuple(fc.constantFrom(...moments), fc.integer({ min: -1, max: 1 }))
    .map(([moment, by_s]) => moment + by_s);
const edges = near(
  ...[-3, -2, -1, 0, 1, 2, 3, 5].map((days) => AS_OF_S + days * DAY_S),
  AS_OF_S + 3_600,
  AS_OF_S - 3_600,
);
const dialed_at_s = fc.oneof(
  { weight: 3, arbitrary: edges },
  fc.integer({ min: AS_OF_S - 9 * DAY_S, max: UNTIL_S + DAY_S }),
);

const dial = fc.record({
  attempt_id: fc.constantFrom(...IDS),
  campaign_id: fc.constantFrom(1, 1, 2, 2 ** 32 - 1),
  telephone: fc.constantFrom(...LINES.keys(), '573002', '+573003', "'); --", 'ñandú', '\\n'),
  dialed_at_s,
  trunk: fc.constantFrom(undefined, 'north', 'south'),
  // Most lines are dead: of one that shows life every other day nothing holds that asks for silence.
  result: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('no_answer' as const, 'failed' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...MACHINE_CODES) },
  ),
  amd: fc.constantFrom(undefined, undefined, 'machine' as const, 'human' as const),
  sip: fc.constantFrom(undefined, 404),
  duration_seconds: fc.constantFrom(undefined, 0, 7, 33, 100_000),
});

const codes = fc.oneof(
  fc.constant(['no_answer', 'failed'] as const),
  fc.subarray([...MACHINE_CODES], { minLength: 1 }),
);
const at_least = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(12));
const within_days = fc.constantFrom(null, 1, 2, 3, 3_650);
const faults = fc.constantFrom(undefined, 'exclude' as const);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('count' as const),
    codes: codes.map((some) => [...some]),
    at_least,
    within_days,
    faults,
  }),
  fc.record({
    kind: fc.constant('streak' as const),
    codes: codes.map((some) => [...some]),
    at_least,
    faults,
  }),
  fc.record({ kind: fc.constant('dialed' as const), at_least, within_days, faults }),
  fc.record({ kind: fc.constant('silent' as const), days: fc.integer({ min: 1, max: 3 }), faults }),
  fc.record({ kind: fc.constant('probability' as const), below: fc.constantFrom(0.1, 0.125, 0.2, 1) }),
  fc.record({
    kind: fc.constant('verdict' as const),
    in: fc.subarray([...VERDICTS], { minLength: 2 }),
  }),
);
const rule: fc.Arbitrary<TriedRule> = fc.record({
  campaign_id: fc.constantFrom('all' as const, 1, 2 ** 32 - 1, 77),
  conditions: fc.array(condition, { minLength: 1, maxLength: 3, size: 'max' }),
  quarantine_days: fc.constantFrom(null, 1, 2, 3, 90),
});

const scenario = fc.record({
  uploads: fc.array(fc.array(dial, { minLength: 10, maxLength: 40, size: 'max' }), {
    minLength: 1,
    maxLength: 2,
  }),
  rules: fc.array(rule, { minLength: 4, maxLength: 4 }),
  written: fc.constantFrom(...WORLDS),
});

test(`agree with the model in ${CASES} generated cases`, async () => {
  let [found, lost] = [0, 0];
  await fc.assert(
    fc.asyncProperty(scenario, async ({ uploads, rules, written }) => {
      const { world, numbering } = written;
      const operation = await service.operation({ numbering });
      const neighbour = await service.operation();
      const tally = new Tally();
      for (const upload of uploads) {
        const sent = upload.map(sentAttempt);
        await operation.upload(sent);
        tally.deliver(sent);
        await neighbour.upload(sent.map((one) => ({ ...one, result: 'failed' })));
      }
      const attempts = tally.within('all', 0, UNTIL_S + 10 * DAY_S);
      for (const tried of rules) {
        const now = taken(attempts, tried, AS_OF_S, world);
        expect(await seen(operation, tried)).toEqual(previewed(attempts, tried, now, world));
        const figures = backtested(attempts, tried, AS_OF_S, UNTIL_S, world);
        const { as_of, until, ...answered } = await tested(operation, tried);
        expect([Date.parse(as_of), Date.parse(until)]).toEqual([AS_OF_S * 1_000, UNTIL_S * 1_000]);
        expect(answered).toEqual(figures);
        found += figures.telephones_taken;
        lost += figures.people_lost;
      }
    }),
    { numRuns: CASES, endOnFailure: true },
  );
  // Cases in which nothing is taken would agree with anything.
  expect(found).toBeGreaterThan(CASES / 2);
  // A person is lost in about one case of six, so ten cases may have none.
  if (CASES >= 30) expect(lost).toBeGreaterThan(0);
}, 600_000);

test(`attempts after the moment change no telephone taken, in ${CASES} generated cases`, async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ uploads, rules, written: { numbering } }) => {
      const operation = await service.operation({ numbering });
      const all = uploads.flat().map(sentAttempt);
      const isKnown = (one: SentAttempt) => Date.parse(one.dialed_at) <= AS_OF_S * 1_000;
      await operation.upload(all.filter(isKnown));
      const figuresOf = async (tried: TriedRule) => {
        const { telephones_taken, curve, by_verdict, by_campaign } = await tested(operation, tried);
        const takenOf = (some: readonly { telephones_taken: number }[]) =>
          some.map((one) => one.telephones_taken);
        return {
          telephones_taken,
          curve: takenOf(curve),
          by_verdict: takenOf(by_verdict),
          by_campaign: new Map(
            by_campaign
              .filter((one) => one.telephones_taken > 0)
              .map((one) => [one.campaign_id, one.telephones_taken]),
          ),
          seen: await seen(operation, tried),
        };
      };
      const before = await Promise.all(rules.map(figuresOf));
      await operation.upload(all.filter((one) => !isKnown(one)));
      expect(await Promise.all(rules.map(figuresOf))).toEqual(before);
    }),
    { numRuns: Math.ceil(CASES / 3), endOnFailure: true },
  );
}, 600_000);

/** What of one telephone, with attempts at these seconds, a rule with this condition takes and saves. */
async function ofOne(at: readonly (readonly [number, string])[], one: Condition) {
  const operation = await service.operation();
  await operation.upload(
    at.map(([at_s, result], index) => ({
      attempt_id: `${index}`,
      campaign_id: 1,
      telephone: '57300',
      dialed_at: new Date(at_s * 1_000).toISOString(),
      result,
    })),
  );
  const tried: TriedRule = { campaign_id: 'all', conditions: [one], quarantine_days: 2 };
  const { telephones_taken, dials_saved } = await tested(operation, tried);
  return { telephones_taken, dials_saved };
}

test('days end with the moment and hold the last of their seconds, not the first', async () => {
  const from_s = AS_OF_S - DAY_S;
  const dialed: Condition = { kind: 'dialed', at_least: 1, within_days: 1 };
  for (const [at_s, telephones_taken] of [
    [from_s, 0],
    [from_s + 1, 1],
    [AS_OF_S, 1],
    [AS_OF_S + 1, 0],
  ] as const)
    expect(await ofOne([[at_s, 'failed']], dialed)).toMatchObject({ telephones_taken });
  const silent: Condition = { kind: 'silent', days: 1 };
  for (const [life_s, telephones_taken] of [
    [from_s, 1],
    [from_s + 1, 0],
    [AS_OF_S, 0],
    [AS_OF_S + 1, 1],
  ] as const) {
    const at = [[life_s, 'busy'] as const, [AS_OF_S - 60, 'failed'] as const];
    expect(await ofOne(at, silent)).toMatchObject({ telephones_taken });
  }
  expect(await ofOne([[from_s, 'failed']], silent)).toMatchObject({ telephones_taken: 0 });
});

test('a quarantine holds the second after the moment and its own last one', async () => {
  const at = [0, 1, 2 * DAY_S, 2 * DAY_S + 1].map((by_s) => [AS_OF_S + by_s, 'failed'] as const);
  const dialed: Condition = { kind: 'dialed', at_least: 1, within_days: null };
  expect(await ofOne(at, dialed)).toEqual({ telephones_taken: 1, dials_saved: 2 });
});

type Dial = typeof dial extends fc.Arbitrary<infer Value> ? Value : never;

function sentAttempt({ dialed_at_s: at_s, ...one }: Dial): SentAttempt {
  const told = Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined));
  const { attempt_id, campaign_id, telephone, result } = one;
  return {
    ...told,
    attempt_id,
    campaign_id,
    telephone,
    result,
    dialed_at: new Date(at_s * 1_000).toISOString(),
  };
}

/** What a preview has of these telephones. */
function previewed(
  attempts: readonly SentAttempt[],
  tried: TriedRule,
  now: ReturnType<typeof taken>,
  { lineOf }: World,
) {
  const campaigns = [1, 2, 2 ** 32 - 1].filter(
    (id) => tried.campaign_id === 'all' || tried.campaign_id === id,
  );
  const by_campaign = campaigns
    .map((campaign_id) => {
      const known = attempts.filter(
        (one) => one.campaign_id === campaign_id && Date.parse(one.dialed_at) <= AS_OF_S * 1_000,
      );
      const lines = new Set(known.map(({ telephone }) => lineOf(telephone)));
      return {
        campaign_id,
        telephones_taken: [...now.keys()].filter((one) => lines.has(lineOf(one))).length,
      };
    })
    .filter((one) => one.telephones_taken > 0)
    .sort((a, b) => b.telephones_taken - a.telephones_taken || a.campaign_id - b.campaign_id);
  const countOf = (verdict: string) => [...now.values()].filter((one) => one.verdict === verdict).length;
  return {
    telephones_taken: now.size,
    by_verdict: Object.fromEntries(VERDICTS.map((verdict) => [verdict, countOf(verdict)])),
    by_campaign,
    sample: [...now].map(([telephone, { verdict, probability }]) => [telephone, verdict, probability]),
  };
}

async function seen(operation: TestOperation, tried: TriedRule) {
  const then = await ruleThen(operation, tried);
  const { sample, ...counts } = await preview(askFor(then, AS_OF_S), then);
  return { ...counts, sample: sample.map((row) => [row.telephone, row.verdict, row.probability]) };
}

async function tested(operation: TestOperation, tried: TriedRule) {
  const then = await ruleThen(operation, tried);
  return backtest(askFor(then, UNTIL_S), then, UNTIL_S);
}

async function ruleThen({ server }: TestOperation, tried: TriedRule): Promise<RuleThen> {
  const { id, numbering } = await service.service.services.accounts.operations.byServer(server);
  return {
    operation_id: id,
    rule: tried,
    judged: plainKnowledge(FAULT, AS_OF_S, numbering),
    as_of_s: AS_OF_S,
  };
}

function askFor({ operation_id }: RuleThen, until_s: number) {
  const budget = new CallBudget(60_000, new AbortController().signal, () => undefined);
  const window = { from_s: 0, until_s: until_s + 1 };
  const selection = {
    operation_id,
    campaign: { kind: 'all' as const },
    window,
    time_zone: 'UTC',
    has_customers: false,
  };
  return { engine: service.service.services.engine, selection, budget };
}
