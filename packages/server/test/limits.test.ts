import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { writeCursor } from '../src/reports/cursor.js';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

/** Each limit of the documented API at its edge: N passes, N + 1 does not. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ read_sessions: 2 });
});
afterAll(() => service.stop());

const telephones = (count: number) =>
  Array.from({ length: count }, (_, i) => `57300${String(i).padStart(7, '0')}`);

async function fill(operation: TestOperation, count: number): Promise<void> {
  const all = telephones(count).map((telephone) => attempt({ telephone }));
  for (let at = 0; at < all.length; at += 10_000) await operation.upload(all.slice(at, at + 10_000));
}

test('60,000 rows pass, 60,001 are refused with their number and the way out, and cursor reads them', async () => {
  const operation = await service.operation();
  await fill(operation, 60_000);
  const edge = await operation.campaign8(1001, ...NOVEMBER);
  expect(edge.status).toBe(200);
  expect(edge.json.msg).toBe('60000 records were found');
  expect(edge.json.data).toHaveLength(60_000);
  const last = await operation.campaign8(1001, ...NOVEMBER, { cursor: '' });
  expect(last.json.next_cursor).toBeNull();

  await operation.upload([attempt({ telephone: '999' })]);
  const over = await operation.campaign8(1001, ...NOVEMBER);
  expect(over.status).toBe(413);
  expect(over.json).toMatchObject({ code: 413, error: 'PAYLOAD TOO LARGE', data: [] });
  expect(over.json.msg).toMatch(/60001 ROWS .* 60000.*cursor=/);
  const first = await operation.campaign8('all', ...NOVEMBER, { cursor: '' });
  expect(first.json.data).toHaveLength(60_000);
  const second = await operation.campaign8('all', ...NOVEMBER, { cursor: String(first.json.next_cursor) });
  expect(second.json).toMatchObject({
    msg: '1 records were found',
    data: [{ telephone: '999' }],
    next_cursor: null,
  });
  const beyond = await operation.campaign8('all', ...NOVEMBER, { cursor: writeCursor('9999') });
  expect(beyond.body).toBe(
    '{"code":200,"error":null,"msg":"0 records were found","data":[],"next_cursor":null}',
  );
});

test('10,000 records an upload pass, 10,001 are refused and nothing of them is stored', async () => {
  const operation = await service.operation();
  const records = telephones(10_001).map((telephone) => attempt({ telephone }));
  const over = await service.v1('POST', '/attempts', operation.token, records);
  expect(over.status).toBe(413);
  expect(await over.json()).toMatchObject({
    id: 'too-many-records',
    detail: expect.stringContaining('10001'),
  });
  expect((await operation.campaign8('all', ...NOVEMBER)).status).toBe(404);
  const edge = await service.v1('POST', '/attempts', operation.token, records.slice(1));
  expect(edge.status).toBe(201);
  expect(await edge.json()).toEqual({ received: 10_000 });
  expect((await operation.campaign8('all', ...NOVEMBER)).json.data).toHaveLength(10_000);
});

describe('31 days', () => {
  test.each([
    ['America/Bogota', '20260101000000', '20260131235959'],
    ['America/New_York', '20260301000000', '20260331235959'],
    ['Europe/Madrid', '20261001000000', '20261031235959'],
    ['America/Bogota', '20260115120000', '20260215115959'],
  ])('%s: %s to %s passes and one second more does not', async (time_zone, from, to) => {
    const operation = await service.operation({ time_zone });
    expect((await operation.campaign8('all', from, to)).status).toBe(404);
    const later =
      to === '20260215115959' ? '20260215120000' : `${from.slice(0, 4)}${nextMonth(from)}01000000`;
    const over = await operation.campaign8('all', from, later);
    expect(over.status).toBe(400);
    expect(over.json.msg).toBe('YOU ASKED FOR 31 DAYS AND 1 SECOND AND THE LIMIT IS 31 DAYS');
  });

  test('one second is a window, and an end before its start is not', async () => {
    const operation = await service.operation();
    await operation.upload([attempt({ dialed_at: '2026-11-03T12:00:00-05:00' })]);
    expect((await operation.campaign8('all', '20261103120000', '20261103120000')).status).toBe(200);
    expect((await operation.campaign8('all', '20261103120001', '20261103120001')).status).toBe(404);
    expect((await operation.campaign8('all', '20261103120001', '20261103120000')).status).toBe(400);
  });
});

describe('simultaneous requests', () => {
  test('the second passes, the third is refused, and a slot is free as soon as one has ended', async () => {
    const operation = await service.operation();
    await operation.upload([attempt()]);
    const release = await occupyEngine();
    const [one, two] = [operation.campaign8(1001, ...NOVEMBER), operation.campaign8(1001, ...NOVEMBER)];
    await underWay(operation, 2);
    const three = await operation.campaign8(1001, ...NOVEMBER);
    expect(three.status).toBe(403);
    expect(three.json.msg).toBe('EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN (2)');
    expect(three.headers['retry-after']).toBe('1');
    // Another token of the same operation has slots of its own.
    const other = await operation.newToken(['report']);
    const four = operation.campaign8(1001, ...NOVEMBER, {}, { 'wolkvox-token': other });
    await release();
    expect((await one).status).toBe(200);
    expect((await operation.campaign8(1001, ...NOVEMBER)).status).toBe(200);
    expect([(await two).status, (await four).status]).toEqual([200, 200]);
  });

  test('a report that is cut at its time limit answers 504 and frees its slot', async () => {
    const operation = await service.operation({ limits: { max_call_ms: 150, max_simultaneous: 1 } });
    await operation.upload([attempt()]);
    const release = await occupyEngine();
    const cut = await operation.campaign8(1001, ...NOVEMBER);
    expect(cut.status).toBe(504);
    expect(cut.json).toMatchObject({ code: 504, error: 'GATEWAY TIMEOUT', data: [] });
    await release();
    await operation.change({ limits: { max_call_ms: 60_000 } });
    expect((await operation.campaign8(1001, ...NOVEMBER)).status).toBe(200);
  });

  test('the engine itself is stopped when time is up', async () => {
    const { engine } = service.service.services;
    const signal = AbortSignal.timeout(200);
    const query = { sql: SLOW_SQL, fair_key: 'test', max_ms: 60_000, signal };
    await expect(engine.read(query)).rejects.toMatchObject({ name: 'EngineAborted' });
    // A session lists its last query until the next one; a stopped query is marked as cancelled.
    const running = async () => {
      const bytes = await engine.read({
        sql: "SELECT query FROM system.processes WHERE current_database = currentDatabase() AND query LIKE '%sipHash64(number) = 42%' AND NOT is_cancelled AND query NOT LIKE '%system.processes%' FORMAT TSV",
        fair_key: 'test',
        max_ms: 5_000,
      });
      return bytes.toString();
    };
    await vi.waitFor(async () => expect(await running()).toBe(''), { timeout: 60_000 });
  });
});

describe("the day's calls", () => {
  test('the last passes, the first beyond is refused, and midnight of the zone gives new ones', async () => {
    const operation = await service.operation({ licences: 3, limits: { calls_per_licence: 1 } });
    for (const left of [2, 1, 0]) {
      const reply = await operation.campaign8('all', ...NOVEMBER);
      expect(reply.status).toBe(404); // a call counts whatever its outcome
      expect(reply.headers.ratelimit).toMatch(new RegExp(`^"day";r=${left};t=\\d+$`));
      expect(reply.headers['ratelimit-policy']).toBe('"day";q=3;w=86400');
    }
    const refused = await operation.campaign8('all', ...NOVEMBER);
    expect(refused.status).toBe(403);
    expect(refused.json).toMatchObject({ error: 'FORBIDDEN', msg: 'TOKEN LIMIT EXCEEDED' });
    const wait_s = Number(refused.headers['retry-after']);
    expect(wait_s).toBeGreaterThan(0);
    expect(wait_s).toBeLessThanOrEqual(86_400);
    service.ahead_ms += wait_s * 1_000;
    expect((await operation.campaign8('all', ...NOVEMBER)).status).toBe(404);
    service.ahead_ms = 0;
  });

  test('exactly the calls of the day pass when many come at once, and the count survives a restart', async () => {
    const operation = await service.operation({
      licences: 20,
      limits: { calls_per_licence: 1, max_simultaneous: 64 },
    });
    const replies = await Promise.all(
      Array.from({ length: 40 }, () => operation.campaign8('all', ...NOVEMBER)),
    );
    const passed = replies.filter((reply) => reply.status === 404);
    expect(passed).toHaveLength(20);
    expect(replies.filter((reply) => reply.json.msg === 'TOKEN LIMIT EXCEEDED')).toHaveLength(20);
    await service.restart();
    expect((await operation.campaign8('all', ...NOVEMBER)).json.msg).toBe('TOKEN LIMIT EXCEEDED');
    const usage = await service.v1('GET', '/usage', operation.token);
    expect(await usage.json()).toMatchObject({ calls_used: 20, calls_left: 0, tokens: [{ calls: 20 }] });
  });

  test('what counts: a refused third request and a lacking scope do, bad parameters and bad tokens do not', async () => {
    const operation = await service.operation();
    const used = async () => {
      const usage = await service.v1('GET', '/usage', operation.token);
      return ((await usage.json()) as { calls_used: number }).calls_used;
    };
    await operation.campaign8('all', 'tomorrow', '20261130235959');
    await operation.campaign8('all', ...NOVEMBER, {}, { 'wolkvox-token': 'stranger' });
    await operation.get({ api: 'campaign_99' });
    expect(await used()).toBe(0);
    const ingest = await operation.newToken(['ingest']);
    const refused = await operation.campaign8('all', ...NOVEMBER, {}, { 'wolkvox-token': ingest });
    expect(refused.json).toMatchObject({ code: 403, msg: 'THE TOKEN LACKS THE SCOPE report' });
    expect(await used()).toBe(1);
  });
});

test('a reply of exactly the byte limit passes, and one byte more does not', async () => {
  const operation = await service.operation();
  await operation.upload(
    Array.from({ length: 20 }, (_, i) => attempt({ telephone: `${i}-${'x'.repeat(60)}` })),
  );
  const bytes = (await operation.campaign8(1001, ...NOVEMBER)).body.length;
  await operation.change({ limits: { max_reply_bytes: bytes } });
  expect((await operation.campaign8(1001, ...NOVEMBER)).status).toBe(200);
  await operation.change({ limits: { max_reply_bytes: bytes - 1 } });
  const over = await operation.campaign8(1001, ...NOVEMBER);
  expect(over.status).toBe(413);
  expect(over.json.msg).toContain(`THE REPLY HAS ${bytes} BYTES`);
});

/** Runs for minutes unless it is stopped. */
const SLOW_SQL = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 42 FORMAT TSV';

/** Fills every session that reports may use, for real, until released. */
async function occupyEngine(): Promise<() => Promise<void>> {
  const { engine } = service.service.services;
  const controller = new AbortController();
  const queries = ['a', 'b'].map((fair_key) =>
    engine
      .read({ sql: SLOW_SQL, fair_key, max_ms: 60_000, signal: controller.signal })
      .catch(() => undefined),
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  return async () => {
    controller.abort();
    await Promise.all(queries);
  };
}

/** Waits until the operation's calls have been let in. */
async function underWay(operation: TestOperation, calls: number): Promise<void> {
  for (;;) {
    const usage = await service.v1('GET', '/usage', operation.token);
    if (((await usage.json()) as { calls_used: number }).calls_used >= calls) return;
  }
}

function nextMonth(date: string): string {
  return String(Number(date.slice(4, 6)) + 1).padStart(2, '0');
}
