import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from '../../server/test/harness.js';
import { AuthorizationError, LimitError, ReportsManager, RequestError, TooLargeError } from '../src/index.js';
import { campaign8InOrder, type Dial, dialsIn } from './model.js';
import { stateDirectory, TestClient } from './test-client.js';

/** The client against this service, over a real socket. The same promises as against a server of the documentation alone. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const RESULTS = ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed', 'answer'] as const;

/** Dials of four months, on both sides of every edge of a month. */
const DIALS: readonly Dial[] = Array.from({ length: 600 }, (_, nr) => {
  const [day, time] =
    [
      ['01', '000000'],
      ['15', '120000'],
      ['28', '235959'],
    ][nr % 3] ?? [];
  return {
    campaign: 1 + (nr % 2),
    telephone: `${nr % 5 === 0 ? '+' : ''}57300${(nr * 31) % 90}`,
    at: `2025${String(7 + (nr % 4)).padStart(2, '0')}${day}${time}`,
    result: RESULTS[nr % 6] ?? 'busy',
    ...(nr % 7 === 0 && { amd: 'machine' as const }),
  };
});

const rfc3339 = (at: string) => at.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6-05:00');

async function filled(settings: Record<string, unknown> = {}): Promise<TestOperation> {
  const operation = await service.operation(settings);
  await operation.upload(
    DIALS.map(({ campaign, telephone, at, result, amd }) =>
      attempt({ campaign_id: campaign, telephone, dialed_at: rfc3339(at), result, ...(amd && { amd }) }),
    ),
  );
  return operation;
}

const clientOf = (operation: TestOperation, options = {}) =>
  new TestClient({ baseUrl: service.service.url, token: operation.token, ...options });

describe.each([
  ['as it is', {}],
  ['with string codes and empty lists', { reply_profile: { code: 'string', empty_status: 200 } }],
  ['with a reply of at most 7 rows', { limits: { max_rows: 7 } }],
])('an operation %s', (_, settings) => {
  let client: TestClient;
  beforeAll(async () => {
    client = clientOf(await filled(settings));
  });

  test.each([
    ['1', '2025-07-01', '2025-10-31'],
    ['all', '2025-07-01', '2025-10-31'],
    ['2', '2025-07-15T12:00:00', '2025-09-01T00:00:00'],
    ['2', '2025-07-15T12:00:01', '2025-08-31T23:59:59'],
    ['all', '2025-12-01', '2025-12-31'],
    ['77', '2025-07-01', '2025-10-31'],
  ])('campaign_8 of %s from %s to %s has the counts of the model', async (campaignId, from, to) => {
    for (const windowDays of [20, 31]) {
      const report = client.campaign8({ campaignId, from, to, windowDays });
      const { windows } = report;
      const dials = dialsIn(DIALS, campaignId, windows[0]?.date_ini ?? '', windows.at(-1)?.date_end ?? '');
      expect(await report.collect()).toEqual(campaign8InOrder(dials));
    }
  });

  test('campaign_3, 4, 6 and 7 over several windows say the same attempts', async () => {
    const range = { campaignId: 'all', from: '2025-07-01', to: '2025-10-31' };
    expect(await client.campaign3(range).collect()).toHaveLength(DIALS.length);
    const results = await client.campaign4(range).collect();
    expect(results.map(({ records }) => records)).toEqual([100, 100, 100, 100, 100, 100]);
    expect(results.map(({ percent }) => percent)).toEqual(Array(6).fill('16.67 %'));
    const machines = DIALS.filter(({ amd }) => amd).length;
    expect(await client.campaign7(range).collect()).toHaveLength(machines);
    const totals = await client.campaign6(range).collect();
    expect(totals.reduce((sum, row) => sum + row.total_amd, 0)).toBe(machines);
  });
});

test('calls, the day and lists are told', async () => {
  const client = clientOf(await filled({ licences: 1 }));
  expect((await client.campaigns()).map(({ campaign_id }) => campaign_id)).toEqual(['1', '2']);
  expect(await client.tokenInfo()).toMatchObject({
    token_limit: '1000',
    available_consumption_options: '998',
  });
  expect(client.calls).toEqual({ made: 2, spent: 2, left: 998 });
});

test('its refusals have their classes, with the request id of its log', async () => {
  const operation = await filled({ limits: { calls_per_licence: 1, max_reply_bytes: 1_024 }, licences: 1 });
  const second = { campaignId: 'all', from: '20250701000000', to: '20250701000000' };
  const failed = (client: TestClient) =>
    client
      .campaign8(second)
      .collect()
      .catch((error: unknown) => error);
  const refused = { requestId: expect.stringMatching(/./) };
  expect(await failed(clientOf(operation))).toBeInstanceOf(TooLargeError);
  const spent = await failed(clientOf(operation));
  expect(spent).toBeInstanceOf(LimitError);
  expect(spent).toMatchObject({ kind: 'day', status: 403, code: 403, ...refused });
  const stranger = await failed(clientOf(operation, { token: 'rct_stranger' }));
  expect(stranger).toBeInstanceOf(AuthorizationError);
  expect(stranger).toMatchObject({ status: 403, ...refused });
  const elsewhere = clientOf(operation, { baseUrl: `${service.service.url}/elsewhere` });
  expect(await failed(elsewhere)).toBeInstanceOf(RequestError);
});

test('a program that asks for much at once is never refused for it', async () => {
  const operation = await filled();
  const token = operation.token;
  const client = new ReportsManager({
    baseUrl: service.service.url,
    token,
    stateDirectory: stateDirectory(),
  });
  const day = { campaignId: 'all', from: '2025-07-01', to: '2025-07-01' };
  await Promise.all(Array.from({ length: 20 }, () => client.campaign8(day).collect()));
  expect(client.calls.made).toBe(20);
});
