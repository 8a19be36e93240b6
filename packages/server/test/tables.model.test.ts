import { MACHINE_CODES, MACHINE_CODES_COLUMNS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SentAttempt, type TestOperation, TestService } from './harness.js';
import { between, type Filters, machineCodes, trend } from './model/tables.js';
import { Tally } from './model/tally.js';
import { firstInstant } from './model/wall-clock.js';

/** `/v1/machine-codes` and `/v1/trend` against a plain model: filters, sorts, cursors, clock changes, odd telephones. */
const CASES = process.env.RECUENTO_FUZZ === 'full' ? 60 : 20;

const IDS = ['a', 'b', 'c', "d'", 'e\\'];
let service: TestService;
const hashes = new Map<string, bigint>();
beforeAll(async () => {
  service = await TestService.start({ kept_reply_mib: 64 });
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

/** A zone with a wall time near which its clock changes (or nothing happens), in seconds as if UTC. */
const MOMENTS = [
  { zone: 'America/Bogota', wall_s: Date.UTC(2026, 10, 3) / 1_000 },
  { zone: 'America/New_York', wall_s: Date.UTC(2026, 2, 8, 2) / 1_000 },
  { zone: 'America/New_York', wall_s: Date.UTC(2026, 10, 1, 1) / 1_000 },
  { zone: 'Australia/Lord_Howe', wall_s: Date.UTC(2026, 3, 5, 1, 30) / 1_000 },
  { zone: 'Australia/Lord_Howe', wall_s: Date.UTC(2026, 9, 4, 2) / 1_000 },
  { zone: 'America/Santiago', wall_s: Date.UTC(2026, 8, 6) / 1_000 },
  { zone: 'America/Santiago', wall_s: Date.UTC(2026, 3, 4, 23) / 1_000 },
  { zone: 'America/Havana', wall_s: Date.UTC(2026, 10, 1) / 1_000 },
  { zone: 'Asia/Kathmandu', wall_s: Date.UTC(2026, 11, 31, 23, 59, 59) / 1_000 },
];

const TELEPHONES = [
  '573001234567',
  '573001234568',
  '+573001234567',
  '57300',
  '0',
  '=1+1',
  '@x',
  "'); --",
  '"q"',
  '\\n',
  '{after:String}',
  '5 7',
  'ñandú',
  '😀',
];

const offset_s = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -100_000, max: 100_000 }));
const dial = fc.record({
  attempt_id: fc.constantFrom(...IDS),
  campaign_id: fc.constantFrom(1, 2, 2 ** 32 - 1),
  telephone: fc.constantFrom(...TELEPHONES),
  trunk: fc.constantFrom(undefined, 'sip-1', 'sip "2"', '=3'),
  offset_s,
  result: fc.constantFrom(...MACHINE_CODES),
});

/** Most questions have no filter, or two: with all of them at once hardly a row is left. */
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const count = seldom(fc.nat(3));
const sorts = MACHINE_CODES_COLUMNS.filter(({ name }) => name !== 'last_result').flatMap(({ name }) => [
  name,
  `-${name}`,
]);
const question = fc.record({
  filters: fc.record({
    min_total: count,
    min_dialed: count,
    max_answered: count,
    last_result: seldom(fc.constantFrom(...MACHINE_CODES)),
    telephone_prefix: seldom(fc.constantFrom('5', '57300', '+', '"')),
    telephone_suffix: seldom(fc.constantFrom('1234567', '7', '"', 'ú', '😀')),
  }),
  // Pages in the stored order are found in a way of their own.
  sort: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...sorts) },
    { weight: 1, arbitrary: fc.constant('telephone') },
  ),
  limit: fc.constantFrom(1, 1, 2, 4),
  campaign: fc.constantFrom(1 as const, 'all' as const),
  from: fc.oneof(offset_s, fc.integer({ min: -110_000, max: -3 })),
  length: fc.oneof(fc.nat(10), fc.nat(220_000)),
  interval: fc.constantFrom('hour' as const, 'day' as const, 'window' as const),
  by: fc.constantFrom(undefined, 'campaign' as const, 'trunk' as const),
  /** Whether pages find what was sorted for the one before. */
  keeps: fc.boolean(),
});

const scenario = fc.record({
  moment: fc.constantFrom(...MOMENTS),
  uploads: fc.array(fc.array(dial, { minLength: 5, maxLength: 40 }), { minLength: 1, maxLength: 2 }),
  questions: fc.array(question, { minLength: 4, maxLength: 4 }),
});

test(`agree with the model in ${CASES} generated cases`, async () => {
  let [pages, intervals] = [0, 0];
  await fc.assert(
    fc.asyncProperty(scenario, async ({ moment, uploads, questions }) => {
      const center_s = firstInstant(moment.wall_s, moment.zone);
      const settings = { time_zone: moment.zone };
      const [operation, neighbour] = [await service.operation(settings), await service.operation(settings)];
      const tally = new Tally();
      for (const upload of uploads) {
        const sent = upload.map((one) => sentAttempt(one, center_s));
        await operation.upload(sent);
        tally.deliver(sent);
        await neighbour.upload(sent.map((one) => ({ ...one, result: 'failed', trunk: 'theirs' })));
      }
      for (const { filters, sort, limit, campaign, from, length, interval, by, keeps } of questions) {
        const from_s = center_s + from;
        const attempts = between(tally, campaign, from_s, from_s + length);
        const window = { campaign_id: String(campaign), from: iso(from_s), to: iso(from_s + length) };
        const rows = machineCodes(attempts, filters, sort, hashOf);
        const asked = { ...window, ...texts({ ...filters, sort, limit }) };
        expect(await walk(operation, asked, limit, keeps)).toEqual(rows);
        pages += Math.ceil(rows.length / limit);
        const counted = await get(operation, 'trend', { ...window, ...texts({ interval, by }) });
        expect(counted).toEqual({ trend: trend(attempts, moment.zone, interval, by, from_s) });
        intervals += attempts.length;
      }
    }),
    { numRuns: CASES, endOnFailure: true },
  );
  // Below what chance can bring: of 300 runs of 20 cases the poorest had 8 pages and 105 attempts.
  expect(pages).toBeGreaterThan(CASES / 4);
  expect(intervals).toBeGreaterThan(CASES);
}, 600_000);

const iso = (instant_s: number) => new Date(instant_s * 1_000).toISOString();

function hashOf(attempt_id: string): bigint {
  return hashes.get(attempt_id) ?? 0n;
}

/** What is set, as a query string has it. */
function texts(values: Record<string, string | number | undefined> | Filters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** A dial whose time is told from the moment of the case. */
interface Dial {
  attempt_id: string;
  campaign_id: number;
  telephone: string;
  trunk: string | undefined;
  offset_s: number;
  result: string;
}

function sentAttempt({ offset_s: from_center_s, trunk, ...dial }: Dial, center_s: number): SentAttempt {
  return { ...dial, ...(trunk !== undefined && { trunk }), dialed_at: iso(center_s + from_center_s) };
}

async function get(operation: TestOperation, path: string, query: Record<string, string>) {
  const reply = await service.service.inject({
    url: `/v1/${path}?${new URLSearchParams(query)}`,
    headers: { 'wolkvox-token': operation.token },
  });
  expect([reply.statusCode, reply.body.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return JSON.parse(reply.body);
}

/** All pages, by their cursors. */
async function walk(operation: TestOperation, query: Record<string, string>, limit: number, keeps: boolean) {
  const rows: unknown[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    if (!keeps) service.service.services.kept_telephones.clear();
    const page: { machine_codes: unknown[]; next_cursor: string | null } = await get(
      operation,
      'machine-codes',
      { ...query, ...(cursor !== '' && { cursor }) },
    );
    expect(page.machine_codes.length).toBeLessThanOrEqual(limit);
    if (page.next_cursor !== null) expect(page.machine_codes).toHaveLength(limit);
    rows.push(...page.machine_codes);
    cursor = page.next_cursor;
  }
  return rows;
}
