import { afterAll, beforeAll, expect, test } from 'vitest';
import { RequestError, TooLargeError } from '../src/index.js';
import { at, crowd, dial } from './dials.js';
import { DocumentedServer } from './documented-server.js';
import { campaign8InOrder, type Dial } from './model.js';
import { TestClient } from './test-client.js';

let server: DocumentedServer;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
});
afterAll(() => server.stop());

const windowsAsked = () =>
  server.asked.map((url) => {
    const query = new URL(url, server.url).searchParams;
    return [query.get('date_ini'), query.get('date_end')];
  });

test('a range beyond 31 days is cut into windows that follow each other second by second, and added up', async () => {
  const edges = ['20251001000000', '20251031235959', '20251101000000', '20251201235959', '20251202000000'];
  const dials = edges.map((second) => dial({ at: second }));
  server.become(dials, {});
  const client = new TestClient({ baseUrl: server.url });
  const rows = await client.campaign8({ campaignId: 1, from: '2025-10-01', to: '2025-12-02' }).collect();
  expect(rows).toEqual([{ ...campaign8InOrder(dials)[0] }]);
  expect(rows[0]?.total_machine_recognitions).toBe(5);
  expect(windowsAsked()).toEqual([
    ['20251001000000', '20251031235959'],
    ['20251101000000', '20251201235959'],
    ['20251202000000', '20251202235959'],
  ]);
});

test.each([
  ['2025-10-01', '2025-10-31', 1],
  ['2025-10-01', '2025-11-01', 2],
  ['2025-10-01T08:00:00', '2025-10-31T23:59:59', 1],
  ['2025-10-01T08:00', '2025-11-01T07:59:59', 2],
  ['20251001235959', '20251001235959', 1],
])('%s to %s is %i calls, and no server refuses one as too long', async (from, to, calls) => {
  server.become([dial({ at: '20251001235959' })], {});
  const client = new TestClient({ baseUrl: server.url });
  expect(await client.campaign8({ campaignId: 'ALL', from, to }).collect()).toHaveLength(1);
  expect(server.calls).toBe(calls);
});

/** A telephone for each of so many dials, all in one second. */
const inOneSecond = (count: number, second = '20251003120000'): Dial[] =>
  Array.from({ length: count }, (_, nr) => dial({ telephone: `57300${nr}`, at: second }));

test.each(['cut', 'refuse'] as const)(
  'a server that would %s gets halves until each is below its limit',
  async (beyond) => {
    const dials = Array.from({ length: 300 }, (_, nr) =>
      dial({ telephone: `57300${nr % 70}`, at: at(nr * 7_000) }),
    );
    server.become(dials, { rowLimit: 50, beyond });
    const client = new TestClient({ baseUrl: server.url, rowLimit: 50 });
    const report = client.campaign8({ campaignId: 1, from: '2025-10-01', to: '2025-10-31' });
    expect(await report.collect()).toEqual(campaign8InOrder(dials));
    expect(server.calls).toBeGreaterThan(2);
  },
);

test('a reply of exactly the limit is suspected, one row less is not', async () => {
  server.become(inOneSecond(49), { rowLimit: 50 });
  const client = new TestClient({ baseUrl: server.url, rowLimit: 50 });
  const second = { campaignId: 1, from: '20251003120000', to: '20251003120000' };
  expect(await client.campaign8(second).collect()).toHaveLength(49);
  server.become(inOneSecond(50), { rowLimit: 50 });
  const refused = client.campaign8(second).collect();
  await expect(refused).rejects.toThrow(TooLargeError);
  await expect(refused).rejects.toThrow(/single second 2025-10-03 12:00:00/);
});

test('a reply with fewer rows than its msg says is suspected too', async () => {
  const data = [{ ...campaign8InOrder([dial()])[0] }];
  let calls = 0;
  const client = new TestClient({
    baseUrl: 'http://127.0.0.1:9',
    fetch: async () => {
      calls += 1;
      return Response.json({ code: 200, error: null, msg: '2 records were found', data });
    },
  });
  const range = { campaignId: 1, from: '20251003120000', to: '20251003120001' };
  await expect(client.campaign8(range).collect()).rejects.toThrow(TooLargeError);
  expect(calls).toBe(2);
});

test('a server that knows cursor is read page by page, and never halved', async () => {
  const dials = inOneSecond(120);
  server.become(dials, { rowLimit: 50, cursor: true });
  const client = new TestClient({ baseUrl: server.url, rowLimit: 50 });
  const rows = await client.campaign8({ campaignId: 1, from: '2025-10-01', to: '2025-10-31' }).collect();
  expect(rows).toEqual(campaign8InOrder(dials));
  expect(server.calls).toBe(3);
});

test('reports by attempt are put one behind the other, those by result are added up and their percent is reckoned anew', async () => {
  const dials = [
    dial({ at: '20251002120000', amd: 'machine' }),
    dial({ at: '20251205120000', amd: 'human', result: 'busy', campaign: 10 }),
    dial({ at: '20251206120000', amd: 'machine', result: 'busy', campaign: 2 }),
  ];
  server.become(dials, { totalRow: true });
  const client = new TestClient({ baseUrl: server.url });
  const range = { campaignId: 'all', from: '2025-10-01', to: '2025-12-31' };
  expect(await client.campaign4(range).collect()).toEqual([
    { result: 'busy', records: 2, percent: '66.67 %' },
    { result: 'no-answer', records: 1, percent: '33.33 %' },
  ]);
  expect(await client.campaign6(range).collect()).toEqual([
    { campaign_id: '1', total_amd: 1 },
    { campaign_id: '2', total_amd: 1 },
  ]);
  server.behaviour = { ...server.behaviour, totalRow: false };
  expect((await client.campaign3(range).collect()).map(({ date, result }) => [date, result])).toEqual([
    ['2025-10-02 12:00:00', 'NO-ANSWER'],
    ['2025-12-05 12:00:00', 'BUSY'],
    ['2025-12-06 12:00:00', 'BUSY'],
  ]);
  expect((await client.campaign7(range).collect()).map((row) => row.result)).toEqual([
    'machine',
    'human',
    'machine',
  ]);
});

test('campaign_1 of more than one window is refused before any call', async () => {
  server.become([dial()], {});
  const client = new TestClient({ baseUrl: server.url });
  expect(() => client.campaign1({ campaignId: 1, from: '2025-10-01', to: '2025-11-01' })).toThrow(
    RequestError,
  );
  expect(server.calls).toBe(0);
  const month = await client.campaign1({ campaignId: 1, from: '2025-10-01', to: '2025-10-31' }).collect();
  expect(month).toEqual([{ result: 'no-answer', records: 1, percent: '100.00 %' }]);
});

test.each([
  [{ from: '2025-10-02', to: '2025-10-01' }, /from is after to/],
  [{ from: '2025-02-30' }, /from is not a date/],
  [{ to: '2025-10-01T24:00:00' }, /to is not a date/],
  [{ from: 'yesterday' }, /from is not a date/],
  [{ campaignId: 'some' }, /campaignId/],
  [{ campaignId: 0 }, /campaignId/],
  [{ windowDays: 0 }, /windowDays/],
  [{ windowDays: 32 }, /windowDays/],
])('%j is refused before any call', (wrong, words) => {
  const client = new TestClient({ baseUrl: 'http://127.0.0.1:9' });
  const query = { campaignId: 1, from: '2025-10-01', to: '2025-10-31', ...wrong };
  expect(() => client.campaign8(query)).toThrow(RequestError);
  expect(() => client.campaign8(query)).toThrow(words);
});

test('rows that are held in memory are bounded: so many pass, one more is refused', async () => {
  server.become(inOneSecond(10), {});
  const range = { campaignId: 1, from: '2025-10-01', to: '2025-12-31' };
  const enough = new TestClient({ baseUrl: server.url, maxRows: 10 });
  expect(await enough.campaign8(range).collect()).toHaveLength(10);
  const tooFew = new TestClient({ baseUrl: server.url, maxRows: 9 });
  await expect(tooFew.campaign8(range).collect()).rejects.toThrow(/maxRows/);
});

test('60,000 rows as the page says: a whole day that was cut in silence is had whole', async () => {
  const dials = [...crowd(40_000, '20251003080000'), ...crowd(40_000, '20251003180000')].map((one, nr) => ({
    ...one,
    telephone: `57320${nr}`,
  }));
  server.become(dials, {});
  const client = new TestClient({ baseUrl: server.url });
  const day = { campaignId: 1, from: '2025-10-03', to: '2025-10-03' };
  expect((await client.campaign8(day).collect()).length).toBe(80_000);
  expect(server.calls).toBe(3);
});
