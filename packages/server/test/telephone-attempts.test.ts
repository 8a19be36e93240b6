import type { TelephoneAttemptDocument } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';

/** `GET /v1/telephones/{telephone}/attempts`: the evidence behind a verdict. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
  service.stands_at_ms = Date.parse('2026-12-05T12:00:00Z');
});
afterAll(() => service.stop());

interface Page {
  readonly attempts: TelephoneAttemptDocument[];
  readonly next_cursor: string | null;
}

async function page(
  operation: TestOperation,
  telephone: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const path = `/telephones/${encodeURIComponent(telephone)}/attempts?${new URLSearchParams(query)}`;
  const reply = await service.v1('GET', path, operation.token);
  const text = await reply.text();
  expect([reply.status, text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return JSON.parse(text);
}

const ids = ({ attempts }: Page) => attempts.map(({ attempt_id }) => attempt_id);
const at = (day: string, time = '10:00:00') => `2026-11-${day}T${time}-05:00`;

test('every attempt, the newest first, with what is known of each', async () => {
  const operation = await service.operation();
  const telephone = '573001';
  await operation.upload([
    attempt({ telephone, attempt_id: 'a', dialed_at: at('02'), result: 'failed', sip: 404, trunk: 'north' }),
    attempt({ telephone, attempt_id: 'b', dialed_at: at('03'), result: 'failed', campaign_id: 7 }),
    attempt({ telephone, attempt_id: 'c', dialed_at: at('04'), result: 'congestion', cause: 34 }),
    attempt({ telephone, attempt_id: 'd', dialed_at: at('05'), result: 'no_answer', duration_seconds: 20 }),
    attempt({
      telephone,
      attempt_id: 'e',
      dialed_at: at('06'),
      result: 'answer',
      amd: 'human',
      customer_id: 'x',
      agent_id: '9',
    }),
    attempt({ telephone: '573002', attempt_id: 'z' }),
  ]);
  const { attempts, next_cursor } = await page(operation, telephone);
  expect(next_cursor).toBeNull();
  expect(attempts.map(({ attempt_id, evidence }) => [attempt_id, evidence])).toEqual([
    ['e', 'line_lives'],
    ['d', 'none'],
    ['c', 'trunk_at_fault'],
    ['b', 'number_doubtful'],
    ['a', 'number_invalid'],
  ]);
  expect(attempts[4]).toEqual({
    attempt_id: 'a',
    telephone: '573001',
    campaign_id: 1001,
    dialed_at: '2026-11-02T15:00:00Z',
    trunk: 'north',
    result: 'failed',
    amd: null,
    sip: 404,
    cause: null,
    evidence: 'number_invalid',
    in_trunk_fault: false,
    customer_id: null,
    agent_id: null,
    duration_seconds: null,
  });
  expect(attempts[0]).toMatchObject({ amd: 'human', customer_id: 'x', agent_id: '9', trunk: null });
  expect(attempts[1]?.duration_seconds).toBe(20);
});

test('of a window, of a campaign, and page by page, each once', async () => {
  const operation = await service.operation();
  const telephone = '57/300 1+ñ';
  const many = Array.from({ length: 30 }, (_, number) =>
    attempt({
      telephone,
      attempt_id: `n${number}`,
      campaign_id: 1 + (number % 3),
      dialed_at: at(String(1 + Math.floor(number / 4)).padStart(2, '0')),
    }),
  );
  await operation.upload(many);
  const all = await page(operation, telephone);
  expect(ids(all).sort()).toEqual(many.map(({ attempt_id }) => attempt_id).sort());
  expect(all.attempts.map(({ dialed_at }) => dialed_at)).toEqual(
    all.attempts
      .map(({ dialed_at }) => dialed_at)
      .sort()
      .reverse(),
  );
  const walked: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: Page = await page(operation, telephone, { limit: '7', cursor });
    walked.push(...ids(next));
    cursor = next.next_cursor;
  }
  expect(walked).toEqual(ids(await page(operation, telephone)));
  const of_one = await page(operation, telephone, { campaign_id: '2' });
  expect(of_one.attempts).toHaveLength(10);
  expect(new Set(of_one.attempts.map(({ campaign_id }) => campaign_id))).toEqual(new Set([2]));
  const window = await page(operation, telephone, { from: at('02'), to: at('03') });
  expect(window.attempts).toHaveLength(8);
  expect((await page(operation, '573009')).attempts).toEqual([]);
});

test('an attempt that came twice is there once, as it came last, and others’ are never there', async () => {
  const [one, other] = [await service.operation(), await service.operation()];
  await one.upload([attempt({ telephone: '573001', attempt_id: 'same', result: 'busy' })]);
  await one.upload([attempt({ telephone: '573001', attempt_id: 'same', result: 'answer' })]);
  await other.upload([attempt({ telephone: '573001', attempt_id: 'other' })]);
  const { attempts } = await page(one, '573001');
  expect(attempts.map(({ result }) => result)).toEqual(['answer']);
});

test('what was dialed in a fault of a trunk is marked, unless something answered', async () => {
  const operation = await service.operation();
  const usual = Array.from({ length: 3_000 }, (_, number) =>
    attempt({
      telephone: `57300${number % 700}`,
      attempt_id: `u${number}`,
      trunk: 'north',
      dialed_at: new Date(Date.parse('2026-11-03T12:00:00Z') + number * 20_000).toISOString(),
      result: number % 3 === 0 ? 'answer' : 'no_answer',
    }),
  );
  // Half an hour of the next day in which nothing gets through.
  const outage = Array.from({ length: 200 }, (_, number) =>
    attempt({
      telephone: `57300${number}`,
      attempt_id: `o${number}`,
      trunk: 'north',
      dialed_at: new Date(Date.parse('2026-11-04T14:00:00Z') + number * 9_000).toISOString(),
      result: number === 100 ? 'answer' : 'failed',
      ...(number !== 100 && { sip: 503 }),
    }),
  );
  await operation.upload([...usual, ...outage]);
  const faults = await service.v1(
    'GET',
    '/hygiene/trunk-faults?from=2026-11-01T00:00:00Z&to=2026-11-30T00:00:00Z',
    operation.token,
  );
  expect(((await faults.json()) as { faults: unknown[] }).faults.length).toBeGreaterThan(0);
  const marked = async (telephone: string, id: string) =>
    (await page(operation, telephone)).attempts.find(({ attempt_id }) => attempt_id === id)?.in_trunk_fault;
  expect(await marked('57300101', 'o101')).toBe(true);
  expect(await marked('57300100', 'o100')).toBe(false);
  expect(await marked('57300101', 'u101')).toBe(false);
});

test('who may ask, and what is refused', async () => {
  const operation = await service.operation();
  const status = async (path: string, token = operation.token) =>
    (await service.v1('GET', path, token)).status;
  const path = '/telephones/573001/attempts';
  expect(await status(path, await operation.newToken(['report']))).toBe(200);
  expect(await status(path, await operation.newToken(['ingest', 'admin']))).toBe(403);
  for (const query of [
    'cursor=x',
    'limit=0',
    'limit=1001',
    'from=yesterday',
    `from=${at('03')}&to=${at('02')}`,
  ])
    expect([query, await status(`${path}?${query}`)]).toEqual([query, 400]);
  expect(await status(`/telephones/${'5'.repeat(65)}/attempts`)).toBe(400);
  expect(await status(`/telephones/${encodeURIComponent('☎'.repeat(64))}/attempts`)).toBe(200);
  expect(await status('/telephones/%20/attempts')).toBe(400);
});
