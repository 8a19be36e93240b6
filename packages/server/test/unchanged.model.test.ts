import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportDocument } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { attempt, type SentAttempt, type TestOperation, TestService, type VendorReply } from './harness.js';
import { addRecords } from './uploads.js';

/**
 * What a caller has of an earlier reply, where he is told that it is unchanged (304), and what is sent again from memory, is
 * byte for byte what the report would be now, whatever happened in between.
 */
const RUNS = process.env.RECUENTO_FUZZ === 'full' ? 300 : 4;

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ kept_reply_mib: 64 });
});
afterAll(() => service.stop());

const TELEPHONES = ['573001', '573002'];
/** Around midnight in Bogota and in UTC, and of an hour its first and last second. */
const TIMES = [
  '2026-10-03T23:59:59-05:00',
  '2026-10-04T00:00:00-05:00',
  '2026-10-03T23:59:59Z',
  '2026-10-04T12:00:00-05:00',
  '2026-10-04T12:59:59-05:00',
];
const PATCHES: Record<string, unknown>[] = [
  { time_zone: 'UTC' },
  { time_zone: 'America/Bogota' },
  { reply_profile: { code: 'string' } },
  { reply_profile: { code: 'number' } },
  { limits: { max_rows: 1 } },
  { limits: { max_rows: 50 } },
];
const campaign = fc.constantFrom(1, 2);
const attempts = fc.array(
  fc.record({
    telephone: fc.constantFrom(...TELEPHONES),
    attempt_id: fc.constantFrom('a', 'b'),
    result: fc.constantFrom('busy', 'failed', 'answer_machine'),
    dialed_at: fc.constantFrom(...TIMES),
    amd: fc.constant('machine'),
    customer_id: fc.option(fc.constantFrom('c1', 'c2'), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 4 },
);

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('upload' as const), campaign, attempts }) },
  fc.record({ kind: fc.constant('import' as const), campaign, attempts, replace: fc.boolean() }),
  fc.record({ kind: fc.constant('undo' as const), which: fc.nat(9) }),
  fc.record({
    kind: fc.constant('customers' as const),
    campaign,
    customer_id: fc.constantFrom('c1', 'c2'),
    customer_name: fc.constantFrom('Luz', 'Ana'),
    tel1: fc.constantFrom(...TELEPHONES),
  }),
  fc.record({
    kind: fc.constant('settings' as const),
    patch: fc.constantFrom(...PATCHES),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const YESTERDAY = { date_ini: '20261003000000', date_end: '20261003235959' };
const TODAY = { date_ini: '20261004000000', date_end: '20261004235959' };
const FIVE_MINUTES = { date_ini: '20261004120000', date_end: '20261004120459' };
const MONTH = { date_ini: '20261001000000', date_end: '20261031235959' };
const QUESTIONS = [
  { api: 'campaign_8', campaign_id: 'all', ...YESTERDAY },
  { api: 'campaign_8', campaign_id: '1', ...FIVE_MINUTES, cursor: '' },
  { api: 'campaign_3', campaign_id: '1', ...TODAY, cursor: '' },
  { api: 'campaign_7', campaign_id: 'all', ...MONTH, cursor: '' },
  { api: 'campaign_1', campaign_id: '2', ...TODAY },
  { api: 'cdr_5', ...MONTH, cursor: '' },
];

/** Each of the telephones and campaigns, at each of the times, so that every step finds something to change. */
const AT_FIRST = [1, 2].flatMap((campaign_id) =>
  TIMES.flatMap((dialed_at) =>
    TELEPHONES.map((telephone) =>
      attempt({
        attempt_id: 'a',
        campaign_id,
        telephone,
        dialed_at,
        customer_id: 'c1',
        result: 'failed',
        amd: 'machine',
      }),
    ),
  ),
);

const BUSY = {
  telephone: '573001',
  attempt_id: 'a',
  result: 'busy',
  amd: 'machine',
  customer_id: 'c1',
} as const;
const LUZ = {
  kind: 'customers',
  campaign: 1,
  customer_id: 'c1',
  customer_name: 'Luz',
  tel1: '573001',
} as const;
/** Each kind of step at least once, where it shows. */
const EVERY_KIND: Step[] = [
  ...TIMES.map((dialed_at): Step => ({ kind: 'upload', campaign: 1, attempts: [{ ...BUSY, dialed_at }] })),
  ...[false, true].map(
    (replace): Step => ({
      kind: 'import',
      campaign: 2,
      attempts: [{ ...BUSY, dialed_at: TIMES[4] ?? '' }],
      replace,
    }),
  ),
  { kind: 'undo', which: 1 },
  { kind: 'undo', which: 0 },
  LUZ,
  { ...LUZ, customer_name: 'Ana' },
  ...PATCHES.map((patch): Step => ({ kind: 'settings', patch })),
];

test('304 is said, and a kept reply sent, only where it is byte for byte what the report would be now', async () => {
  let unchanged = 0;
  const { kept_replies } = service.service.services;
  const get = vi.spyOn(kept_replies, 'get');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const operation = await service.operation();
      await operation.upload(AT_FIRST);
      const imports: string[] = [];
      let before: readonly VendorReply[] = [];
      for (const one of [undefined, ...steps]) {
        if (one) await take(operation, one, imports);
        const statuses = await askAll(operation, (at) => ({ 'if-none-match': etagOf(before[at]) }));
        const again = await askAll(operation);
        kept_replies.clear();
        const made_anew = await askAll(operation);
        expect(again.map(({ body }) => body)).toEqual(made_anew.map(({ body }) => body));
        for (const [at, { status }] of statuses.entries()) {
          if (status !== 304) continue;
          unchanged += 1;
          expect(before[at]?.body).toBe(made_anew[at]?.body);
        }
        before = made_anew;
      }
    }),
    { numRuns: RUNS, examples: [[EVERY_KIND]] },
  );
  const found = get.mock.results.filter(({ value }) => value !== undefined);
  expect(Math.min(unchanged, found.length)).toBeGreaterThan(10);
}, 900_000);

async function askAll(
  operation: TestOperation,
  headersOf: (at: number) => Record<string, string> = () => ({}),
): Promise<VendorReply[]> {
  const replies: VendorReply[] = [];
  for (const [at, asked] of QUESTIONS.entries()) replies.push(await operation.get(asked, headersOf(at)));
  return replies;
}

function etagOf(reply: VendorReply | undefined): string {
  return String(reply?.headers.etag ?? '');
}

async function take(operation: TestOperation, one: Step, imports: string[]): Promise<void> {
  switch (one.kind) {
    case 'upload':
      return operation.upload(sent(one));
    case 'customers':
      return addRecords(operation, [one], one.campaign);
    case 'settings':
      return operation.change(one.patch);
    case 'import':
      imports.push(await imported(operation, one));
      return;
    case 'undo':
      if (imports.length > 0) await undone(operation, imports[one.which % imports.length] ?? '');
  }
}

function sent({ campaign, attempts }: Extract<Step, { kind: 'upload' | 'import' }>): SentAttempt[] {
  return attempts.map((fields) => attempt({ ...fields, campaign_id: campaign }));
}

/** The id of the import. */
async function imported(operation: TestOperation, one: Extract<Step, { kind: 'import' }>): Promise<string> {
  const lines = sent(one).map((each) =>
    [each.telephone, each.dialed_at, each.result, each.attempt_id].join(','),
  );
  const query = new URLSearchParams({
    format: 'csv',
    campaign_id: String(one.campaign),
    map: 'telephone=telephone,dialed_at=dialed_at,result=result,attempt_id=attempt_id',
    ...(one.replace && { replace: 'yes' }),
  });
  const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body: `telephone,dialed_at,result,attempt_id\n${lines.join('\n')}\n`,
  });
  expect(reply.status).toBe(202);
  return ((await reply.json()) as ImportDocument).id;
}

async function undone(operation: TestOperation, id: string): Promise<void> {
  await service.v1('DELETE', `/imports/${id}`, operation.token);
  for (;;) {
    const job = (await (await service.v1('GET', `/imports/${id}`, operation.token)).json()) as ImportDocument;
    if (job.state === 'undone') return;
    await sleep(10);
  }
}

test('the report of yesterday, of another hour and of another campaign is unchanged while today is dialed', async () => {
  const operation = await service.operation({ time_zone: 'America/Bogota' });
  const at = (dialed_at: string, campaign_id: number) =>
    operation.upload([attempt({ dialed_at, campaign_id })]);
  await at('2026-10-03T23:59:59-05:00', 1);
  await at('2026-10-04T10:00:00-05:00', 1);
  await at('2026-10-04T11:00:00-05:00', 2);
  const yesterday = ['20261003000000', '20261003235959'];
  const at_ten = ['20261004100000', '20261004105959'];
  const today = ['20261004000000', '20261004235959'];
  const questions = [
    ['all', ...yesterday],
    ['1', ...yesterday],
    ['all', ...at_ten],
    ['1', ...today],
    ['2', ...today],
    ['all', ...today],
  ].map(([campaign_id = '', date_ini = '', date_end = '']) => ({
    api: 'campaign_8',
    campaign_id,
    date_ini,
    date_end,
  }));
  const etags: string[] = [];
  for (const asked of questions) etags.push(String((await operation.get(asked)).headers.etag));
  await at('2026-10-04T00:00:00-05:00', 2);
  const statuses: number[] = [];
  for (const [index, asked] of questions.entries()) {
    statuses.push((await operation.get(asked, { 'if-none-match': etags[index] ?? '' })).status);
  }
  expect(statuses).toEqual([304, 304, 304, 304, 200, 200]);
});
