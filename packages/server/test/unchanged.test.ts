import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, TestService } from './harness.js';

/** What an ETag stands on, and what it does not. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

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

test('a question that differs in any of its parts has an ETag of its own', async () => {
  const operation = await service.operation({ time_zone: 'America/Bogota' });
  // At once, so that the versions of both campaigns and of all together are the same number.
  const dialed_at = '2026-10-04T10:00:00-05:00';
  await operation.upload([1, 2].map((campaign_id) => attempt({ campaign_id, dialed_at })));
  const asked = {
    api: 'campaign_8',
    campaign_id: '1',
    date_ini: '20261004100000',
    date_end: '20261004105959',
  };
  const others = [
    { api: 'campaign_1' },
    { campaign_id: '2' },
    { campaign_id: 'all' },
    { date_ini: '20261004095959' },
    { date_end: '20261004105958' },
    { cursor: '' },
  ];
  const etags: unknown[] = [];
  for (const other of [{}, ...others]) {
    const { status, headers } = await operation.get({ ...asked, ...other });
    expect(status).toBe(200);
    etags.push(headers.etag);
  }
  expect(new Set(etags).size).toBe(1 + others.length);
});

test('a trend whose window is not over yet is unchanged until an attempt of it arrives', async () => {
  const operation = await service.operation({ time_zone: 'America/Bogota' });
  const today = new Date();
  const at = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
  const [hour_ago, to] = [today.getTime() - 3_600_000, today.getTime() + 86_400_000];
  const dial = (campaign_id: number, attempt_id: string) =>
    operation.upload([attempt({ dialed_at: at(hour_ago), campaign_id, attempt_id })]);
  await dial(1, 'a');
  const ask = async (more: string, etag = '') => {
    const query = new URLSearchParams({ from: at(hour_ago), to: at(to) });
    const { url } = service.service;
    const headers = { authorization: `Bearer ${operation.token}`, 'if-none-match': etag };
    const reply = await fetch(`${url}/v1/trend?${query}&${more}`, { headers });
    return { status: reply.status, body: await reply.text(), etag: String(reply.headers.get('etag')) };
  };
  const questions = [
    'campaign_id=1',
    'campaign_id=2',
    'campaign_id=all',
    'campaign_id=all&interval=hour',
    'campaign_id=all&interval=window&by=campaign',
    'campaign_id=all&interval=window&by=trunk',
  ];
  const before = await Promise.all(questions.map((question) => ask(question)));
  expect(new Set(before.map(({ etag }) => etag)).size).toBe(questions.length);
  const asked_again = () =>
    Promise.all(questions.map((question, index) => ask(question, before[index]?.etag)));
  const again = await asked_again();
  expect(again.map(({ status, body }) => [status, body])).toEqual(questions.map(() => [304, '']));
  expect(again.map(({ etag }) => etag)).toEqual(before.map(({ etag }) => etag));

  await dial(2, 'b');
  expect((await asked_again()).map(({ status }) => status)).toEqual([304, 200, 200, 200, 200, 200]);
});
