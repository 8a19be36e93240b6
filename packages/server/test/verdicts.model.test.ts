import { FAULT_KINDS, MACHINE_CODES, type Numbering } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../src/hygiene/faults/fault.js';
import { judgementOf } from '../src/hygiene/judging/judge.js';
import { numberPlanOf } from '../src/hygiene/spellings/number-plan.js';
import type { TrustModel } from '../src/hygiene/trust/model.js';
import { verdictsTable } from '../src/hygiene/verdicts-table.js';
import { casesOf } from './cases.js';
import { type TestOperation, TestService } from './harness.js';
import { type Dialed, instantOf, type Known, verdictOf } from './model/verdicts.js';
import { firstInstant } from './model/wall-clock.js';

/** Verdicts by the engine's SQL against a plain model, with faults and trust as they come: every column but the probability. */
const CASES = casesOf({ embedded: 25, server: 8, full: 150 });

const DAY_S = 86_400;
/** Zones with a wall time near which the clock changes, or nothing happens. */
const MOMENTS = [
  { zone: 'America/Bogota', wall_s: Date.UTC(2026, 10, 3) / 1_000 },
  { zone: 'America/New_York', wall_s: Date.UTC(2026, 2, 8, 2) / 1_000 },
  { zone: 'America/New_York', wall_s: Date.UTC(2026, 10, 1, 1) / 1_000 },
  { zone: 'Australia/Lord_Howe', wall_s: Date.UTC(2026, 3, 5, 1, 30) / 1_000 },
  { zone: 'America/Santiago', wall_s: Date.UTC(2026, 8, 6) / 1_000 },
  { zone: 'America/Havana', wall_s: Date.UTC(2026, 10, 1) / 1_000 },
  { zone: 'Asia/Kathmandu', wall_s: Date.UTC(2026, 11, 31, 23, 59, 59) / 1_000 },
];

const TELEPHONES = [
  '573001234567',
  '573001234568',
  // The same two lines, as an operation may declare.
  '3001234567',
  '+573001234567',
  '9573001234568',
  '03001234568',
  // Not the same: too short, too long, or with another prefix.
  '300123456',
  '+5730012345678',
  '8573001234567',
  '+13001234567',
  '57300',
  '0',
  "'); --",
  '\\n123456',
  '{as_of:UInt32}',
  '😀ñ34567',
];
/** Where Colombia and a dial prefix of 9 are declared: the lines of those that are not lines of their own. */
const LINES = new Map([
  ['573001234567', '+573001234567'],
  ['3001234567', '+573001234567'],
  ['573001234568', '+573001234568'],
  ['9573001234568', '+573001234568'],
  ['03001234568', '+573001234568'],
]);
/** Networks of these, some within others. */
const NETWORKS = ['573', '57300', '5730012', '573001', '\\n1', '\\n1234', '😀ñ3', '😀ñ345', "');", '{as'];
const TRUNKS = ['', 'sip-1', "o'sip", 'sip "3" \\', '7'];
const CAMPAIGNS = [1, 7, 2 ** 32 - 1];
const SOURCES = [
  '',
  ...TRUNKS.filter(Boolean).map((trunk) => `t${trunk}`),
  ...CAMPAIGNS.map((id) => `c${id}`),
  'tnobody',
];

/** Mostly what leads to a verdict: words of the network, and calls that ring out. */
const ended = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...[404, 404, 410, 484].map((sip) => ({ result: 'failed', sip }))),
  },
  { weight: 3, arbitrary: fc.constant({ result: 'no_answer', sip: undefined }) },
  { weight: 1, arbitrary: fc.constantFrom({ result: 'failed', sip: 503 }, { result: 'failed', sip: 480 }) },
  {
    weight: 1,
    arbitrary: fc.record({
      result: fc.constantFrom(...MACHINE_CODES),
      sip: fc.constantFrom(undefined, undefined, 404, 486, 503),
    }),
  },
);
/** Seconds after the moment of the case: around it, days before, and months before. */
const offset_s = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 6, arbitrary: fc.integer({ min: -6 * DAY_S, max: DAY_S }) },
  { weight: 1, arbitrary: fc.integer({ min: -183 * DAY_S, max: -178 * DAY_S }) },
);
const dial = fc.record({
  telephone: fc.oneof(fc.constantFrom(...TELEPHONES), fc.constantFrom(...TELEPHONES.slice(0, 6))),
  campaign_id: fc.constantFrom(...CAMPAIGNS),
  trunk: fc.constantFrom(...TRUNKS),
  amd: fc.constantFrom(undefined, undefined, undefined, 'machine', 'human'),
  offset_s,
  ended,
});

const share = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
const lie = share(0.002, 0.9);
const trust: fc.Arbitrary<TrustModel> = fc.record({
  dead_at_first: share(0.01, 0.5),
  dies_a_day: share(1e-5, 0.01),
  revives_a_day: share(1e-4, 0.01),
  life: fc.record({ alpha: share(0.3, 3), beta: share(0.3, 3) }),
  dead_said: fc.record({ invalid: share(0.6, 0.95), doubtful: share(0.01, 0.04) }),
  alive_doubtful: share(0.01, 0.1),
  usual_lie: share(0.002, 0.2),
  sources: fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom(...SOURCES),
        fc.record({
          lie,
          learned_from: fc.constant(100),
          words: fc.array(share(0.03, 2), { minLength: 3, maxLength: 3 }),
          days: fc.constant(new Map<number, number>()),
        }),
        fc.array(fc.tuple(fc.integer({ min: -6, max: 1 }), lie), { maxLength: 3 }),
      ),
      { selector: ([name]) => name, maxLength: SOURCES.length },
    )
    .map(
      (list) =>
        // The days are told from the moment of the case, which is not known here: `trustAt` adds it.
        new Map(list.map(([name, source, days]) => [name, { ...source, days: new Map(days) }])),
    ),
  networks: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NETWORKS), lie), { selector: ([name]) => name, maxLength: 4 })
    .map((list) => new Map(list)),
  sure_from: share(0.9, 0.9985),
});

const fault = fc.record({
  place: fc.oneof(
    fc.record({ trunk: fc.constantFrom(...TRUNKS.slice(1)), campaign_id: fc.constant(null) }),
    fc.record({ trunk: fc.constant(null), campaign_id: fc.constantFrom(...CAMPAIGNS) }),
    fc.record({ trunk: fc.constantFrom(...TRUNKS.slice(1)), campaign_id: fc.constantFrom(...CAMPAIGNS) }),
  ),
  kind: fc.constantFrom(...FAULT_KINDS),
  from: offset_s,
  length_s: fc.integer({ min: 60, max: DAY_S }),
});

const scenario = fc.record({
  moment: fc.constantFrom(...MOMENTS),
  dials: fc.array(dial, { minLength: 20, maxLength: 120 }),
  trust,
  faults: fc.array(fault, { maxLength: 4 }),
  /** Seconds after the moment of the case. */
  asked: fc.integer({ min: -2, max: DAY_S }),
  campaign: fc.constantFrom('all' as const, 1, 7),
  language: fc.constantFrom('en' as const, 'es' as const),
  numbering: fc.constantFrom<Numbering | null>(null, { country: 'CO', dial_prefixes: ['9'] }),
});

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

test(`every column is as the model has it, in ${CASES} generated cases`, async () => {
  const verdicts = new Map<unknown, number>();
  await fc.assert(
    fc.asyncProperty(scenario, async ({ moment, dials, campaign, language, asked, numbering, ...drawn }) => {
      const center_s = firstInstant(moment.wall_s, moment.zone);
      const operation = await service.operation({ time_zone: moment.zone });
      const attempts = atDifferentSeconds(
        dials.map(({ offset_s: after_s, ended: { result, sip }, ...rest }) => ({
          ...rest,
          line: numbering === null ? rest.telephone : (LINES.get(rest.telephone) ?? rest.telephone),
          result,
          sip,
          dialed_at_s: center_s + after_s,
        })),
      );
      await send(operation, attempts);
      const known: Known = {
        trust: trustAt(drawn.trust, center_s),
        faults: drawn.faults.map(
          ({ place, kind, from, length_s }): Fault => ({
            ...place,
            kind,
            start_s: center_s + from,
            end_s: center_s + from + length_s,
            attempts: 5,
          }),
        ),
        as_of_s: center_s + asked,
        time_zone: moment.zone,
        language,
      };
      const expected = modelRows(attempts, campaign, known);
      const rows = await verdictsOf(operation, campaign, known, numbering);
      for (const { verdict } of rows) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      expect(rows).toEqual(expected);
    }),
    { numRuns: CASES, endOnFailure: true },
  );
  // Each verdict but the rarest came up, or the test would have shown little.
  for (const verdict of ['invalid', 'unproven', 'reaches_people']) {
    expect(verdicts.get(verdict) ?? 0).toBeGreaterThan(CASES / 10);
  }
}, 600_000);

test('life in the same second as a word of the network came after it', async () => {
  const operation = await service.operation({ time_zone: 'UTC' });
  const at_s = Date.UTC(2026, 10, 3, 12) / 1_000;
  const one = { telephone: '1', line: '1', campaign_id: 1, amd: undefined };
  const says = { ...one, result: 'failed', sip: 404 };
  const attempts: Dialed[] = [
    { ...says, trunk: 'a', dialed_at_s: at_s - DAY_S },
    { ...says, trunk: 'z', dialed_at_s: at_s },
    { ...one, trunk: 'a', result: 'busy', sip: undefined, dialed_at_s: at_s },
  ];
  await send(operation, attempts);
  const known = { trust: TRUSTING, faults: [], as_of_s: at_s, time_zone: 'UTC', language: 'en' } as const;
  expect(await verdictsOf(operation, 'all', known)).toMatchObject([{ verdict: 'unproven' }]);
  // A second earlier nothing contradicts.
  await send(operation, [
    { ...says, trunk: 'z', telephone: '2', line: '2', dialed_at_s: at_s - 1 },
    ...attempts.slice(0, 1).map((sent) => ({ ...sent, telephone: '2', line: '2' })),
  ]);
  expect(await verdictsOf(operation, 'all', known)).toMatchObject([
    { verdict: 'unproven' },
    { verdict: 'invalid' },
  ]);
});

/** Nobody lies, and most dead lines are said to be so. */
const TRUSTING: TrustModel = {
  dead_at_first: 0.2,
  dies_a_day: 0.001,
  revives_a_day: 0.001,
  life: { alpha: 1, beta: 1 },
  dead_said: { invalid: 0.9, doubtful: 0.02 },
  alive_doubtful: 0.02,
  usual_lie: 0.002,
  sources: new Map(),
  networks: new Map(),
  sure_from: 0.99,
};

function trustAt(drawn: TrustModel, center_s: number): TrustModel {
  const today = Math.floor(center_s / DAY_S);
  const sources = Array.from(drawn.sources, ([name, source]) => {
    const days = new Map(Array.from(source.days, ([day, of_day]) => [today + day, of_day]));
    return [name, { ...source, days }] as const;
  });
  return { ...drawn, sources: new Map(sources) };
}

/** Within a second the order of a line's attempts is nobody's promise. */
function atDifferentSeconds(attempts: readonly Dialed[]): Dialed[] {
  const taken = new Set<string>();
  return attempts.filter(({ line, dialed_at_s }) => {
    const name = `${dialed_at_s} ${line}`;
    if (taken.has(name)) return false;
    taken.add(name);
    return true;
  });
}

/** Weights of an operation without campaigns, and of nothing: each probability is a half. */
const NO_CHANCE = { trained_until_s: 0, campaigns: [], weights: new Float64Array(2_000) };

let sent = 0;

async function send(operation: TestOperation, attempts: readonly Dialed[]): Promise<void> {
  await operation.upload(
    attempts.map(({ dialed_at_s, trunk, amd, sip, line: _, ...rest }) => {
      sent += 1;
      return {
        ...rest,
        attempt_id: String(sent),
        dialed_at: instantOf(dialed_at_s),
        ...(trunk !== '' && { trunk }),
        ...(amd !== undefined && { amd }),
        ...(sip !== undefined && { sip }),
      };
    }),
  );
}

function modelRows(attempts: readonly Dialed[], campaign: number | 'all', known: Known) {
  const telephones = [...new Set(attempts.map(({ telephone }) => telephone))];
  const of = (telephone: string) => attempts.filter((one) => one.telephone === telephone);
  const dialed = telephones.filter((telephone) =>
    of(telephone).some(
      ({ campaign_id, dialed_at_s }) =>
        (campaign === 'all' || campaign_id === campaign) && dialed_at_s <= known.as_of_s,
    ),
  );
  const ordered = dialed.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return ordered.flatMap((telephone) => {
    const line = of(telephone)[0]?.line;
    const verdict = verdictOf(
      attempts.filter((one) => one.line === line),
      known,
    );
    return verdict === undefined ? [] : { ...verdict, telephone };
  });
}

async function verdictsOf(
  operation: TestOperation,
  campaign: number | 'all',
  known: Known,
  numbering: Numbering | null = null,
) {
  const { engine, accounts } = service.service.services;
  const stored = await accounts.operations.byServer(operation.server);
  const { faults, trust: believed, ...judging } = known;
  const judgement = judgementOf(
    { until_s: 0, faults, trust: believed, chance: NO_CHANCE, number_plan: numberPlanOf(numbering) },
    judging,
  );
  const table = verdictsTable(
    {
      operation_id: stored.id,
      campaign: campaign === 'all' ? { kind: 'all' } : { kind: 'one', campaign_id: campaign },
    },
    judgement,
  );
  const values = table.columns.map(({ name, kind }) =>
    kind.startsWith('instant') ? `${table.instantText(`v_${name}`)} AS ${name}` : `v_${name} AS ${name}`,
  );
  const bytes = await engine.read({
    sql: `SELECT ${values.join(', ')} FROM (${table.rows}) ORDER BY ${table.order} FORMAT JSONEachRow`,
    params: table.params,
    settings: table.settings,
    fair_key: 'test',
    max_ms: 120_000,
  });
  const lines = bytes.toString().split('\n').filter(Boolean);
  return lines.map((line) => {
    const { probability, ...row } = JSON.parse(line);
    expect(probability).toBeGreaterThanOrEqual(0);
    expect(probability).toBeLessThanOrEqual(1);
    return row;
  });
}
