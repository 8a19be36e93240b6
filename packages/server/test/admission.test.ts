import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { attempt, type TestOperation, TestService } from './harness.js';

/** Who is let in, who waits and who is refused, over real connections. */
let service: TestService;
const WAITING = 2;
const DAY = ['20261103000000', '20261103235959'] as const;

beforeAll(async () => {
  service = await TestService.start({ read_sessions: 3, waiting_reports: WAITING });
});
afterAll(() => service.stop());

const usage = async ({ token }: TestOperation) =>
  (await (await service.v1('GET', '/usage', token)).json()) as Record<string, unknown>;

describe('reports', () => {
  test('long ones that hold all they may, and more that wait, do not hold up a short one', async () => {
    const operation = await service.operation();
    await operation.upload([attempt()]);
    const long = slowReads('long', 1 + WAITING);
    for (let round = 0; round < 3; round += 1) {
      expect((await operation.campaign8(1001, ...DAY)).status).toBe(200);
    }
    expect(long.ended()).toBe(0);
    await long.stop();
  });

  test('one more than may wait is answered 503 with Retry-After; it counts, and its slot is free', async () => {
    const operation = await service.operation({ limits: { max_simultaneous: 1 } });
    await operation.upload([attempt()]);
    const busy = slowReads('short', 3 + WAITING);
    await busy.allIn();
    const query = `api=campaign_8&campaign_id=1001&date_ini=${DAY[0]}&date_end=${DAY[1]}`;
    const ask = () =>
      fetch(`${service.service.url}/api/v2/reports_manager.php?${query}`, {
        headers: { 'wolkvox-token': operation.token },
      });
    for (let asked = 1; asked <= 3; asked += 1) {
      const reply = await ask();
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      const body = await reply.text();
      const request_id = reply.headers.get('x-request-id');
      const link = reply.headers.get('link');
      expect(entryOf({ status: reply.status, body, request_id, link })).toBe('unavailable');
      expect(await usage(operation)).toMatchObject({ calls_used: asked });
    }
    await busy.stop();
    expect((await ask()).status).toBe(200);
    expect(await usage(operation)).toMatchObject({ calls_used: 4 });
  });

  test('a line that is full of reports breaks off no import', async () => {
    const operation = await service.operation();
    await operation.upload([attempt()]);
    await service.restart(); // what it knows of the campaign is forgotten, so the import must look it up
    const busy = slowReads('long', 1 + WAITING + 2);
    const keyed = slowReads('short', 2);
    const { url } = service.service;
    const csv = `telephone,dialed_at,result\n573001234567,2026-11-03 12:00:00,busy\n`;
    const reply = fetch(
      `${url}/v1/imports?format=csv&campaign_id=1001&map=${encodeURIComponent('telephone=telephone,dialed_at=dialed_at,result=result')}`,
      { method: 'POST', headers: { 'wolkvox-token': operation.token }, body: csv },
    );
    await sleep(300);
    await Promise.all([busy.stop(), keyed.stop()]);
    const done = await reply;
    expect([done.status, await done.text()]).toEqual([202, expect.stringContaining('"done"')]);
  });
});

/** Reads of as many operations that hold their sessions until they are stopped. */
function slowReads(lane: 'short' | 'long', count: number) {
  const { engine } = service.service.services;
  const controller = new AbortController();
  const { signal } = controller;
  let ended = 0;
  const read = (i: number) =>
    engine
      .read({ sql: SLOW_SQL, fair_key: `${lane} ${i}`, lane, max_ms: 120_000, signal })
      .catch(() => undefined)
      .finally(() => {
        ended += 1;
      });
  const reads = Array.from({ length: count }, (_, i) => read(i));
  return {
    ended: () => ended,
    /** Resolves when each has a session or waits for one: what the service reads for itself may have come first. */
    allIn: async () => {
      for (;;) {
        await sleep(10);
        if (ended === 0) return;
        reads.push(...Array.from({ length: ended }, (_, i) => read(reads.length + i)));
        ended = 0;
      }
    },
    stop: async () => {
      controller.abort();
      await Promise.all(reads);
    },
  };
}

const SLOW_SQL = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 42 FORMAT TSV';
