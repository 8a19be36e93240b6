import { afterAll, beforeAll, expect, test } from 'vitest';
import { RequestError } from '../src/index.js';
import { dial } from './dials.js';
import { DocumentedServer } from './documented-server.js';
import { TestClient } from './test-client.js';

let server: DocumentedServer;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
});
afterAll(() => server.stop());

const WEEK = { campaignId: 1, from: '2025-10-01', to: '2025-10-07', windowDays: 1 };
const on = (day: number, telephone = '1') =>
  dial({ at: `202510${String(day).padStart(2, '0')}120000`, telephone });

test('a manifest has every window with rows, sum and hash; the same rows have the same hash, whatever their order', async () => {
  server.become([on(1), on(1, '2'), on(1), on(2), on(2, '2')], {});
  const client = new TestClient({ baseUrl: server.url });
  const manifest = await client.campaign8(WEEK).manifest();
  expect(manifest).toMatchObject({
    manifest: 1,
    base_url: server.url,
    api: 'campaign_8',
    campaign_id: '1',
    date_ini: '20251001000000',
    date_end: '20251007235959',
    window_days: 1,
    warnings: [],
  });
  expect(
    manifest.windows.map(({ date_ini, date_end, rows, sum }) => [date_ini, date_end, rows, sum]),
  ).toEqual([
    ['20251001000000', '20251001235959', 2, 3],
    ['20251002000000', '20251002235959', 2, 2],
    ...[3, 4, 5, 6, 7].map((day) => [`2025100${day}000000`, `2025100${day}235959`, 0, 0]),
  ]);
  server.become([on(2, '2'), on(2), on(1, '2'), on(1), on(1)], { cursor: true, values: 'number' });
  const again = await new TestClient({ baseUrl: server.url }).campaign8(WEEK).manifest();
  const hashes = ({ windows }: typeof manifest) => windows.map(({ sha256 }) => sha256);
  expect(hashes(again)).toEqual(hashes(manifest));
  expect(hashes(manifest)[0]).not.toBe(hashes(manifest)[1]);
});

test('the hash can be reckoned by anybody: SHA-256 of a JSON array a row', async () => {
  server.become([on(1), on(1, '2')], {});
  const [day] = (await new TestClient({ baseUrl: server.url }).campaign8(WEEK).manifest()).windows;
  const { createHash } = await import('node:crypto');
  const rows = '["1",1,1,0,0,0,0]\n["2",1,1,0,0,0,0]\n';
  expect(day?.sha256).toBe(createHash('sha256').update(rows).digest('hex'));
});

test('reading rows to the end makes the manifest of those rows, at no further call', async () => {
  server.become([on(1)], {});
  const report = new TestClient({ baseUrl: server.url }).campaign8(WEEK);
  await report.collect();
  expect((await report.manifest()).windows[0]?.rows).toBe(1);
  expect(server.calls).toBe(7);
});

test('a window that was empty between others is told; empty ends are not', async () => {
  server.become([on(2), on(4), on(6)], {});
  const client = new TestClient({ baseUrl: server.url });
  const starts = async () =>
    (await client.campaign8(WEEK).manifest()).warnings.map(({ date_ini }) => date_ini);
  expect(await starts()).toEqual(['20251003000000', '20251005000000']);
  server.become([on(2), on(6)], {});
  expect(await starts()).toEqual(['20251003000000', '20251004000000', '20251005000000']);
  server.become([on(4)], {});
  expect(await starts()).toEqual([]);
  server.become([], {});
  expect(await starts()).toEqual([]);
});

test.each([
  'campaign_1',
  'campaign_3',
  'campaign_4',
  'campaign_6',
  'campaign_7',
  'campaign_8',
  'cdr_5',
  'cdr_6',
] as const)('verify names the windows of %s that changed, and none besides', async (api) => {
  const amd = 'machine' as const;
  const dials = [1, 2, 3].map((day) => ({ ...on(day), amd }));
  server.become(dials, {});
  const client = new TestClient({ baseUrl: server.url });
  const query = api === 'campaign_1' ? { ...WEEK, to: '2025-10-01' } : WEEK;
  const manifest = await client.report(api, query).manifest();
  const kept = JSON.parse(JSON.stringify(manifest));
  expect(await client.verify(kept)).toEqual([]);
  const changed = api === 'campaign_1' ? 1 : 2;
  server.become([...dials, { ...on(changed, '9'), amd }], {});
  const found = await client.verify(kept);
  expect(found.map(({ date_ini }) => date_ini)).toEqual([`2025100${changed}000000`]);
  expect(found[0]?.was.sum).toBe(1);
  expect(found[0]?.is.sum).toBe(2);
});

test('a result that changed within a window shows, though rows and sum stay', async () => {
  server.become([on(1)], {});
  const client = new TestClient({ baseUrl: server.url });
  const manifest = await client.campaign8(WEEK).manifest();
  server.become([{ ...on(1), result: 'busy' }], {});
  expect(await client.verify(manifest)).toHaveLength(1);
});

test.each([null, {}, { manifest: 2 }, { manifest: 1, api: 'campaign_9', campaign_id: '1', windows: [] }])(
  '%j is no manifest',
  async (json) => {
    const client = new TestClient({ baseUrl: server.url });
    await expect(client.verify(json as never)).rejects.toThrow(RequestError);
  },
);
