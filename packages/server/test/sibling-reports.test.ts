import { MACHINE_CODES, MACHINE_RECOGNITIONS, RESULT_SPELLINGS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCursor } from '../src/reports/cursor.js';
import { attempt, type SentAttempt, type TestOperation, TestService } from './harness.js';
import { Tally } from './model/tally.js';

/** The reports that say the same attempts in another way: `campaign_1`, `campaign_4`, `campaign_6`. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const FROM = Date.UTC(2026, 10, 3, 5) / 1_000; // midnight in Bogota
const DAY = { date_ini: '20261103000000', date_end: '20261103235959' };

const ask = async (operation: TestOperation, api: string, more: Record<string, string> = {}) =>
  (await operation.get({ api, campaign_id: 'all', ...DAY, ...more })).json;

describe('by result', () => {
  test('campaign_4 counts attempts, campaign_1 records by their last attempt', async () => {
    const operation = await service.operation();
    await operation.upload([
      sent({ customer_id: 'A', telephone: '1', second: 1, result: 'no_answer' }),
      sent({ customer_id: 'A', telephone: '2', second: 2, result: 'answer' }),
      sent({ customer_id: '2', telephone: '3', second: 1, result: 'busy' }),
      // A record of its own: a telephone that is spelled as a customer's id is no such customer.
      sent({ telephone: '2', second: 3, result: 'do_not_call' }),
      sent({ telephone: '2', second: 4, result: 'do_not_call' }),
      sent({ campaign_id: 1002, telephone: '2', second: 3, result: 'answer_machine' }),
    ]);
    expect((await ask(operation, 'campaign_4')).data).toEqual([
      { result: 'answer', records: '1', percent: '16.67 %' },
      { result: 'answer-machine', records: '1', percent: '16.67 %' },
      { result: 'busy', records: '1', percent: '16.67 %' },
      { result: 'do-not-call_clean', records: '2', percent: '33.33 %' },
      { result: 'no-answer', records: '1', percent: '16.67 %' },
    ]);
    expect((await ask(operation, 'campaign_1')).data).toEqual([
      { result: 'answer', records: '1', percent: '25.00 %' },
      { result: 'answer-machine', records: '1', percent: '25.00 %' },
      { result: 'busy', records: '1', percent: '25.00 %' },
      { result: 'do-not-call_clean', records: '1', percent: '25.00 %' },
    ]);
  });

  test('every machine code is spelled as the vendor spells it', async () => {
    const operation = await service.operation();
    await operation.upload(
      MACHINE_CODES.map((result, at) => sent({ telephone: String(at), second: at, result })),
    );
    for (const api of ['campaign_1', 'campaign_4']) {
      const { data, msg } = await ask(operation, api);
      expect(data.map(({ result }) => result)).toEqual(Object.values(RESULT_SPELLINGS).sort());
      expect(msg).toBe('10 records were found');
    }
  });

  test('cursor: percents are of the whole report, and no row is missed', async () => {
    const operation = await service.operation({ limits: { max_rows: 2 } });
    await operation.upload(
      ['no_answer', 'busy', 'busy', 'failed', 'answer'].map((result, second) =>
        sent({ telephone: String(second), second, result }),
      ),
    );
    const first = await ask(operation, 'campaign_4', { cursor: '' });
    const second = await ask(operation, 'campaign_4', { cursor: first.next_cursor ?? '' });
    expect(second.next_cursor).toBeNull();
    expect([...first.data, ...second.data].map(({ result, percent }) => [result, percent])).toEqual([
      ['answer', '20.00 %'],
      ['busy', '40.00 %'],
      ['failed', '20.00 %'],
      ['no-answer', '20.00 %'],
    ]);
    expect((await ask(operation, 'campaign_4')).msg).toContain('4');
  });
});

describe('campaign_6', () => {
  test('counts the attempts of each campaign at which a machine was detected', async () => {
    const operation = await service.operation();
    await operation.upload([
      sent({ campaign_id: 9, telephone: '1', second: 1, amd: 'machine' }),
      sent({ campaign_id: 9, telephone: '1', second: 2, amd: 'machine', result: 'answer' }),
      sent({ campaign_id: 9, telephone: '1', second: 3, amd: 'human' }),
      sent({ campaign_id: 10, telephone: '1', second: 1, amd: 'machine' }),
      sent({ campaign_id: 11, telephone: '1', second: 1 }),
    ]);
    expect((await ask(operation, 'campaign_6')).data).toEqual([
      { campaign_id: '9', total_amd: '2' },
      { campaign_id: '10', total_amd: '1' },
    ]);
    expect((await ask(operation, 'campaign_6', { campaign_id: '11' })).code).toBe(404);
  });

  test('cursor follows the numbers, not their spelling', async () => {
    const operation = await service.operation({ limits: { max_rows: 1 } });
    await operation.upload(
      [9, 10, 100].map((campaign_id) => sent({ campaign_id, telephone: '1', amd: 'machine' })),
    );
    const seen: (string | undefined)[] = [];
    for (let cursor: string | null | undefined = ''; cursor !== null && cursor !== undefined; ) {
      const page = await ask(operation, 'campaign_6', { cursor });
      seen.push(...page.data.map(({ campaign_id }) => campaign_id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(['9', '10', '100']);
  });
});

test.each([
  ['campaign_1', '573001234567'],
  ['campaign_4', 'no_answer'],
  ['campaign_6', 'busy'],
  ['campaign_8', '5'.repeat(65)],
  ['campaign_3', '573001234567'],
  ['campaign_7', 'busy'],
  ['cdr_5', 'Busy'],
  ['cdr_6', 'busy'],
])('%s refuses a cursor that is no key of its own, and the call does not count: %s', async (api, key) => {
  const operation = await service.operation();
  await operation.upload([attempt()]);
  const { code, msg } = await ask(operation, api, { cursor: writeCursor(key) });
  expect([code, msg]).toEqual([400, expect.stringContaining('cursor')]);
  const usage = await service.v1('GET', '/usage', operation.token);
  expect(await usage.json()).toMatchObject({ calls_used: 0 });
});

test('campaign_8, campaign_4, campaign_3 and campaign_1 agree with each other and with the model', async () => {
  const dial = fc.record({
    campaign_id: fc.constantFrom(1, 2),
    telephone: fc.constantFrom('1', '2', '3'),
    customer_id: fc.constantFrom(undefined, '1', 'A'),
    second: fc.nat(5),
    attempt: fc.nat(2),
    result: fc.constantFrom(...MACHINE_CODES),
  });
  const uploads = fc.array(fc.array(dial, { minLength: 1, maxLength: 15 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(uploads, fc.constantFrom<number | 'all'>(1, 'all'), async (dials, campaign) => {
      const operation = await service.operation();
      const tally = new Tally();
      for (const upload of dials.map((some) => some.map(sent))) {
        await operation.upload(upload);
        tally.deliver(upload);
      }
      const of = { campaign_id: String(campaign) };
      const rowsOf = async (api: string) => (await ask(operation, api, of)).data;
      const attempts = counted(await rowsOf('campaign_4'));
      expect(attempts).toEqual(tally.byResult(campaign, FROM, FROM + 86_400));
      expect(counted(await rowsOf('campaign_1'))).toEqual(tally.byLastResult(campaign, FROM, FROM + 86_400));
      const telephones = await rowsOf('campaign_8');
      for (const code of MACHINE_RECOGNITIONS) {
        const sum = telephones.reduce((total, row) => total + Number(row[code]), 0);
        expect(sum).toBe(attempts.get(code) ?? 0);
      }
      const dialed = await rowsOf('campaign_3');
      expect(countedBy(dialed, ({ result = '' }) => codeOf(result))).toEqual(attempts);
      for (const row of telephones) {
        const own = dialed.filter(({ telephone }) => telephone === row.telephone);
        const codes = countedBy(own, ({ result = '' }) => codeOf(result));
        for (const code of MACHINE_RECOGNITIONS) expect(Number(row[code])).toBe(codes.get(code) ?? 0);
      }
    }),
    { numRuns: process.env.RECUENTO_FUZZ === 'full' ? 60 : 20 },
  );
}, 240_000);

function sent({
  second = 0,
  attempt: number = second,
  ...fields
}: Partial<SentAttempt> & { second?: number; attempt?: number }): SentAttempt {
  const dialed_at = new Date((FROM + second) * 1_000).toISOString();
  return { ...attempt(), attempt_id: `c-${number}`, dialed_at, ...fields };
}

type Row = Readonly<Record<string, string>>;

/** Rows of a report by result, by machine code. */
function counted(rows: readonly Row[]): Map<string, number> {
  return new Map(rows.map(({ result = '', records }) => [codeOf(result), Number(records)]));
}

function countedBy(rows: readonly Row[], key: (row: Row) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

const CODES = new Map<string, string>(MACHINE_CODES.map((code) => [RESULT_SPELLINGS[code], code]));

/** The machine code that a report spells, in capitals or not. */
function codeOf(result: string): string {
  return CODES.get(result.toLowerCase()) ?? result;
}
