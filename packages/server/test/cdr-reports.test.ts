import { MACHINE_CODES } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cdr5 } from '../src/reports/cdr-5.js';
import { cdr6 } from '../src/reports/cdr-6.js';
import { attempt, type SentAttempt, type TestOperation, TestService } from './harness.js';
import { Tally } from './model/tally.js';
import { addRecords } from './uploads.js';

/** Calls that a machine ended: one by one (`cdr_5`), and counted (`cdr_6`). The vendor documents no campaign for them. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const FROM_S = Date.UTC(2026, 10, 3, 5) / 1_000; // midnight in Bogota
const DAY = { date_ini: '20261103000000', date_end: '20261103235959' };

/** The documented spellings, said once more. */
const SPELLED: Readonly<Record<string, string>> = {
  no_answer: 'No answer',
  busy: 'Busy',
  congestion: 'Congestion',
  failed: 'Chanunavail',
  do_not_call: 'Do not call',
};

const ask = async (operation: TestOperation, api: string, more: Record<string, string> = {}) =>
  (await operation.get({ api, ...DAY, ...more })).json;

/** Every page from the first to the last. */
async function walk(operation: TestOperation, api: string, more: Record<string, string>) {
  const rows: Record<string, string>[] = [];
  for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
    const page = await ask(operation, api, { ...more, cursor });
    rows.push(...page.data);
    cursor = page.next_cursor;
  }
  return rows;
}

const at = (second: number) => new Date((FROM_S + second) * 1_000).toISOString();

describe('cdr_5', () => {
  test('has a row for each call that a machine ended, in the documented columns', async () => {
    const operation = await service.operation();
    const call = { telephone: '573001234567', dialed_at: '2026-11-03T14:15:16Z' };
    await operation.upload([attempt({ ...call, attempt_id: 'c-1', result: 'failed', customer_id: '42' })]);
    const { msg, data } = await ask(operation, 'cdr_5');
    expect(msg).toBe('1 records were found');
    expect(Object.keys(data[0] ?? {})).toEqual(cdr5.description.columns.map(({ name }) => name));
    expect(data).toEqual([
      {
        date: '2026-11-03 09:15:16',
        telephone: '573001234567',
        result: 'Chanunavail',
        customer_id: '42',
        campaign_id: '1001',
        conn_id: 'c-1',
      },
    ]);
  });

  test('a customer that the attempt does not tell is the campaign’s', async () => {
    const operation = await service.operation();
    await addRecords(operation, [{ customer_id: 'A', tel1: '573001234567' }]);
    await operation.upload([attempt({ result: 'busy' })]);
    expect((await ask(operation, 'cdr_5')).data).toMatchObject([{ customer_id: 'A' }]);
  });
});

describe('cdr_6', () => {
  test('counts them by result, in the order of its spelling', async () => {
    const operation = await service.operation({ limits: { max_rows: 2 } });
    await operation.upload([...MACHINE_CODES, 'busy'].map((result) => attempt({ result })));
    const first = await ask(operation, 'cdr_6', { cursor: '' });
    expect(Object.keys(first.data[0] ?? {})).toEqual(cdr6.description.columns.map(({ name }) => name));
    expect(first.msg).toBe('2 records were found');
    expect(await walk(operation, 'cdr_6', {})).toEqual([
      { result: 'Busy', count: '2' },
      { result: 'Chanunavail', count: '1' },
      { result: 'Congestion', count: '1' },
      { result: 'Do not call', count: '1' },
      { result: 'No answer', count: '1' },
    ]);
    const refused = await ask(operation, 'cdr_6');
    expect([refused.code, refused.msg]).toEqual([413, expect.stringContaining('5 ROWS')]);
  });

  test('calls that somebody or something answered are no row', async () => {
    const operation = await service.operation();
    const answered = MACHINE_CODES.filter((code) => !(code in SPELLED));
    await operation.upload(answered.map((result) => attempt({ result })));
    expect((await ask(operation, 'cdr_6')).code).toBe(404);
  });
});

describe.each(['cdr_5', 'cdr_6'])('%s', (api) => {
  test.each(['campaing_id', 'campaignId', 'CAMPAIGN_ID', 'campaign'])(
    '%s for campaign_id is refused, as ignored it would bring the whole operation',
    async (sent) => {
      const operation = await service.operation();
      await operation.upload([attempt()]);
      const { code, msg } = await ask(operation, api, { [sent]: '1' });
      expect([code, msg]).toEqual([400, `THE PARAMETER ${sent} IS NOT VALID: campaign_id is its name here`]);
      expect((await ask(operation, api, { [sent]: '' })).code).not.toBe(400);
      expect((await ask(operation, api, { [sent]: '1', campaign_id: '1' })).code).not.toBe(400);
      expect((await ask(operation, api, { server: '1', id: '2', page: '3' })).code).not.toBe(400);
    },
  );

  test('is of every campaign where none is named, and of one where it is', async () => {
    const operation = await service.operation();
    const results = ['busy', 'failed'];
    await operation.upload(results.map((result, i) => attempt({ campaign_id: 1001 + i, result })));
    const resultsOf = async (more: Record<string, string>) =>
      (await ask(operation, api, more)).data.map(({ result }) => result);
    expect(await resultsOf({})).toEqual(['Busy', 'Chanunavail']);
    expect(await resultsOf({ campaign_id: '' })).toEqual(['Busy', 'Chanunavail']);
    expect(await resultsOf({ campaign_id: 'ALL' })).toEqual(['Busy', 'Chanunavail']);
    expect(await resultsOf({ campaign_id: '1002' })).toEqual(['Chanunavail']);
    expect(await ask(operation, api, { campaign_id: '1003' })).toMatchObject({ code: 404, data: [] });
    expect(await ask(operation, api, { campaign_id: 'x' })).toMatchObject({ code: 400 });
  });

  test('a closed window has an ETag that the next attempt ends, whether or not a campaign is named', async () => {
    const operation = await service.operation();
    const window = { date_ini: '20200201000000', date_end: '20200229235959' };
    const dialed = attempt({ dialed_at: '2020-02-03T12:00:00-05:00', result: 'busy' });
    await operation.upload([dialed]);
    const read = (etag = '') => operation.get({ api, ...window }, { 'if-none-match': etag });
    const etag = String((await read()).headers.etag);
    expect((await read(etag)).status).toBe(304);
    await operation.upload([{ ...dialed, result: 'failed' }]);
    const { status, json } = await read(etag);
    expect([status, json.data[0]?.result]).toEqual([200, 'Chanunavail']);
  });

  test('31 days pass and one second more does not', async () => {
    const operation = await service.operation();
    const of = (date_end: string) => ask(operation, api, { date_ini: '20261001000000', date_end });
    expect((await of('20261031235959')).code).toBe(404);
    expect((await of('20261101000000')).code).toBe(400);
  });
});

test('they agree with a plain model, page by page, for one campaign and all', async () => {
  const dial = fc.record({
    campaign_id: fc.constantFrom(1, 2),
    telephone: fc.constantFrom('1', '2'),
    attempt_id: fc.constantFrom('a', 'b', 'c'),
    dialed_at: fc.nat(3).map(at),
    result: fc.constantFrom(...MACHINE_CODES),
  });
  const uploads = fc.array(fc.array(dial, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(uploads, fc.constantFrom(1, 2, 7), async (sent, max_rows) => {
      const operation = await service.operation({ limits: { max_rows } });
      const tally = new Tally();
      for (const upload of sent) {
        await operation.upload(upload);
        tally.deliver(upload);
      }
      for (const campaign of [1, 'all'] as const) {
        const ended = tally
          .within(campaign, FROM_S, FROM_S + 86_400)
          .filter(({ result }) => result in SPELLED);
        const of = { campaign_id: String(campaign) };
        const calls = await walk(operation, 'cdr_5', of);
        expect(calls.map(keyOfRow).sort()).toEqual(ended.map(keyOfDial).sort());
        const counts = new Map<string, number>();
        for (const { result } of ended) {
          const spelled = SPELLED[result] ?? '';
          counts.set(spelled, (counts.get(spelled) ?? 0) + 1);
        }
        expect(await walk(operation, 'cdr_6', of)).toEqual(
          [...counts].sort().map(([result, count]) => ({ result, count: String(count) })),
        );
      }
    }),
    { numRuns: 20 },
  );
});

const keyOfRow = ({ campaign_id, telephone, date, conn_id, result }: Record<string, string>) =>
  JSON.stringify([campaign_id, telephone, date, conn_id, result]);

const keyOfDial = ({ campaign_id, telephone, dialed_at, attempt_id, result }: SentAttempt) => {
  const date = `2026-11-03 00:00:${dialed_at.slice(17, 19)}`;
  return JSON.stringify([String(campaign_id), telephone, date, attempt_id, SPELLED[result]]);
};
