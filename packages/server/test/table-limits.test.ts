import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { TABLE_LIMITS } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestOperation, TestService } from './harness.js';

/** The bounds of tables at their edge, and what becomes of a stream that fails on its way. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const engine = () => service.service.services.engine;
const WINDOW = { campaign_id: 'all', from: '2026-10-01T00:00:00Z', to: '2026-10-31T23:59:59Z' };

const ask = (operation: TestOperation, path: string, query: Record<string, string>) =>
  fetch(`${service.service.url}/v1/${path}?${new URLSearchParams({ ...WINDOW, ...query })}`, {
    headers: { 'wolkvox-token': operation.token },
  });

/** An operation with attempts, one of each campaign and telephone. */
async function filled(attempts: number, from = 0, operation?: TestOperation): Promise<TestOperation> {
  const filling = operation ?? (await service.operation());
  const { id } = await service.service.services.accounts.operations.byServer(filling.server);
  await engine().command(`INSERT INTO attempts
      (operation_id, campaign_id, telephone, dialed_at, result, delivery, attempt_id)
    SELECT ${id}, 1 + number, toString(573000000000 + number), toDateTime('2026-10-15 12:00:00', 'UTC'), 'busy',
      1700000000000000, 'a' FROM numbers(${from}, ${attempts})`);
  return filling;
}

test('a trend has as many rows as it may, and with one more it is refused in every format', async () => {
  const operation = await filled(TABLE_LIMITS.trend_rows_max);
  const reply = await ask(operation, 'trend', { by: 'campaign' });
  expect((await reply.json()) as unknown).toMatchObject({ trend: { length: TABLE_LIMITS.trend_rows_max } });
  const lines = async () =>
    (await (await ask(operation, 'trend', { by: 'campaign', format: 'ndjson' })).text()).split('\n');
  expect(await lines()).toHaveLength(TABLE_LIMITS.trend_rows_max + 1);
  await filled(1, TABLE_LIMITS.trend_rows_max, operation);
  for (const format of ['json', 'ndjson', 'csv', 'xlsx', 'parquet']) {
    const refused = await ask(operation, 'trend', { by: 'campaign', format });
    expect([refused.status, await refused.json()], format).toEqual([
      413,
      expect.objectContaining({ id: 'table-too-long', detail: expect.stringContaining('60000') }),
    ]);
  }
}, 60_000);

test('Parquet has as many rows as it may, and with one more it is refused; CSV goes on', async () => {
  const operation = await filled(TABLE_LIMITS.parquet_rows_max);
  const file = Buffer.from(
    await (await ask(operation, 'machine-codes', { format: 'parquet' })).arrayBuffer(),
  );
  expect([file.subarray(0, 4).toString(), file.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
  await filled(1, TABLE_LIMITS.parquet_rows_max, operation);
  expect((await ask(operation, 'machine-codes', { format: 'parquet' })).status).toBe(413);
  const csv = await (await ask(operation, 'machine-codes', { format: 'csv' })).text();
  expect(csv.split('\r\n')).toHaveLength(TABLE_LIMITS.parquet_rows_max + 3);
}, 60_000);

test('a third workbook at once is refused for a while, and the other two are made', async () => {
  const operation = await filled(20_000);
  const replies = await Promise.all([1, 2, 3].map(() => ask(operation, 'machine-codes', { format: 'xlsx' })));
  const refused = replies.filter(({ status }) => status === 503);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 503]);
  expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
  for (const reply of replies) await reply.arrayBuffer();
  const again = await ask(operation, 'machine-codes', { format: 'xlsx' });
  expect([again.status, (await again.arrayBuffer()).byteLength > 100_000]).toEqual([200, true]);
}, 60_000);

test('a stream that fails on its way is cut off, never looks like a whole file, and keeps no session', async () => {
  const operation = await filled(1_000_000);
  // More than there are sessions for one operation.
  for (let round = 0; round < 5; round += 1) {
    const reply = await opened(operation);
    await once(reply, 'readable');
    await engine().command(`KILL QUERY WHERE query LIKE '%FORMAT CSV%' AND query NOT LIKE '%KILL%' ASYNC`);
    await expect(bytesOf(reply)).rejects.toThrow('aborted');
    expect(reply.complete).toBe(false);
  }
  const whole = await opened(operation);
  expect(await bytesOf(whole)).toBeGreaterThan(50_000_000);
  expect(whole.complete).toBe(true);
}, 60_000);

async function opened(operation: TestOperation): Promise<IncomingMessage> {
  const query = new URLSearchParams({ ...WINDOW, format: 'csv' });
  const request = get(`${service.service.url}/v1/machine-codes?${query}`, {
    headers: { 'wolkvox-token': operation.token },
  });
  const [reply]: IncomingMessage[] = await once(request, 'response');
  if (reply?.statusCode !== 200) throw new Error(`status ${reply?.statusCode}`);
  return reply;
}

async function bytesOf(reply: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of reply) bytes += chunk.length;
  return bytes;
}
