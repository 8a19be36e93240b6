import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportDocument } from '@recuento/contract';
import { afterAll, afterEach, expect, test } from 'vitest';
import { attempt, TestService } from './harness.js';
import { killAllSpawned, SpawnedService } from './spawned-service.js';

/** What a kill leaves of an import that is being taken back, and what the next start makes of it. */
const service = await TestService.start();
afterEach(killAllSpawned);
afterAll(() => service.stop());

const MAP = 'telephone=telephone,dialed_at=dialed_at,result=result,attempt_id=attempt_id';
const MONTHS = ['03', '04', '05'];
/** Two statements for each order of what holds, month by month, and one a month for what was told. */
const OF_ORDERS = MONTHS.length * 3 * 2;
const STATEMENTS = OF_ORDERS + MONTHS.length;
/** In the middle of the orders, and before the last of what was told. */
const KILLED_BEFORE = [OF_ORDERS / 2, STATEMENTS];

test('a kill in the middle of it loses nothing that the import had outranked, and leaves nothing of the import', async () => {
  const operation = await service.operation();
  await operation.upload(
    MONTHS.map((month) =>
      attempt({ attempt_id: 'a', campaign_id: 1, telephone: '573001', dialed_at: dayOf(month) }),
    ),
  );
  const { engine, uploads } = service.service.services;
  await uploads.checkpoint(); // or the journal would have it after all
  const lines = MONTHS.map((month) => `573001,${dayOf(month)},busy,a`);
  const query = new URLSearchParams({ format: 'csv', campaign_id: '1', map: MAP, replace: 'yes' });
  const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body: `telephone,dialed_at,result,attempt_id\n${lines.join('\n')}\n`,
  });
  const { id } = (await reply.json()) as ImportDocument;
  // What lies in the directory at a moment is what a kill at that moment leaves.
  const left: string[] = [];
  const { change } = engine;
  const { checkpoint } = uploads;
  let statements = 0;
  // What the engine did and did not bring to the disk, a start after a kill may find done or not, each by itself.
  const behind: number[] = [];
  uploads.checkpoint = () => {
    behind.push(statements);
    return checkpoint.call(uploads);
  };
  engine.change = async (sql, fair_key) => {
    statements += 1;
    if (KILLED_BEFORE.includes(statements)) {
      const copy = join(`${service.directory}-killed-${statements}`);
      left.push(copy);
      await cp(service.directory, copy, { recursive: true, verbatimSymlinks: true });
    }
    return change.call(engine, sql, fair_key);
  };
  try {
    await service.v1('DELETE', `/imports/${id}`, operation.token);
    await undone(service.service.url, operation.token, id);
    expect(behind).toEqual([OF_ORDERS, STATEMENTS]);
    for (const directory of left) {
      const next = await SpawnedService.start(directory);
      await undone(next.url, operation.token, id);
      expect(await said(next.url, operation.token), directory).toEqual(Array(6).fill('1 no_answer'));
      expect(await next.terminate()).toBe(0);
    }
    expect(left.length).toBe(KILLED_BEFORE.length);
  } finally {
    engine.change = change;
    uploads.checkpoint = checkpoint;
    for (const directory of left) await rm(directory, { recursive: true, force: true });
  }
});

function dayOf(month: string): string {
  return `2026-${month}-03T12:00:00-05:00`;
}

async function undone(url: string, token: string, id: string): Promise<void> {
  for (let state = ''; state !== 'undone'; await sleep(20)) {
    const reply = await fetch(`${url}/v1/imports/${id}`, { headers: { authorization: `Bearer ${token}` } });
    state = ((await reply.json()) as ImportDocument).state;
  }
}

/** What the orders by campaign and by telephone say, and that by time, of each month's one attempt. */
async function said(url: string, token: string): Promise<string[]> {
  const found: string[] = [];
  for (const campaign of ['1', 'all']) {
    for (const month of MONTHS) {
      const window = `date_ini=2026${month}03120000&date_end=2026${month}03120459`;
      const query = `api=campaign_8&campaign_id=${campaign}&${window}`;
      const reply = await fetch(`${url}/api/v2/reports_manager.php?${query}`, {
        headers: { 'wolkvox-token': token },
      });
      const { data } = (await reply.json()) as { data: Record<string, string>[] };
      const [row] = data;
      const codes = Object.keys(row ?? {}).filter(
        (code) => /busy|no_answer/.test(code) && row?.[code] === '1',
      );
      found.push(`${data.length} ${codes.join()}`);
    }
  }
  return found;
}
