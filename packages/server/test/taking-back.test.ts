import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportDocument } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';

/** Imports that are taken back while other things happen. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const MAP = 'telephone=telephone,dialed_at=dialed_at,result=result,attempt_id=attempt_id';
const NOON = '2026-11-03T12:00:00-05:00';
const WINDOWS = [
  ['20261101000000', '20261130235959'],
  ['20261103120000', '20261103120459'],
] as const;

async function imported(operation: TestOperation, result: string, more: Record<string, string> = {}) {
  const query = new URLSearchParams({ format: 'csv', campaign_id: '1', map: MAP, ...more });
  const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body: `telephone,dialed_at,result,attempt_id\n573001,${NOON},${result},a\n`,
  });
  return (await reply.json()) as ImportDocument;
}

async function undone(operation: TestOperation, id: string): Promise<void> {
  expect((await service.v1('DELETE', `/imports/${id}`, operation.token)).status).toBe(202);
  for (let state = ''; state !== 'undone'; await sleep(10)) {
    state = ((await (await service.v1('GET', `/imports/${id}`, operation.token)).json()) as ImportDocument)
      .state;
  }
}

/** What each order says of the one attempt. */
async function said(operation: TestOperation): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (const campaign of ['1', 'all']) {
    for (const [date_ini, date_end] of WINDOWS) {
      const [row] = (await operation.campaign8(campaign, date_ini, date_end)).json.data;
      found.push(row && ['no_answer', 'busy', 'failed'].find((code) => row[code] === '1'));
    }
  }
  return found;
}

test('what comes while an import is taken back, and is outranked and merged away meanwhile, holds behind it', async () => {
  const operation = await service.operation();
  const strong = await imported(operation, 'busy');
  const { engine } = service.service.services;
  const { change } = engine;
  let changes = 0;
  engine.change = async (sql, fair_key) => {
    changes += 1;
    if (changes === 1) {
      await imported(operation, 'no answer');
      for (const table of ['told', 'held_by_campaign', 'held_by_telephone', 'held_by_time'])
        await engine.command(`OPTIMIZE TABLE ${table} FINAL`);
    }
    return change.call(engine, sql, fair_key);
  };
  try {
    await undone(operation, strong.id);
  } finally {
    engine.change = change;
  }
  expect(await said(operation)).toEqual(Array(4).fill('no_answer'));
});

test('one that fails at any statement is gone on with, and then nothing of it is left', async () => {
  const operation = await service.operation();
  await operation.upload([
    attempt({ attempt_id: 'a', campaign_id: 1, telephone: '573001', dialed_at: NOON }),
  ]);
  const { engine } = service.service.services;
  const { change } = engine;
  for (const failing of [1, 2, 3, 6, 7]) {
    const { id } = await imported(operation, 'busy', { replace: 'yes' });
    expect(await said(operation)).toEqual(Array(4).fill('busy'));
    let changes = 0;
    engine.change = async (sql, fair_key) => {
      changes += 1;
      if (changes === failing) throw new Error('the engine is at its end');
      return change.call(engine, sql, fair_key);
    };
    await undone(operation, id);
    engine.change = change;
    expect(changes).toBeGreaterThan(failing);
    expect(await said(operation)).toEqual(Array(4).fill('no_answer'));
  }
});

test('a stop does not wait for all of it, and the next start goes on', async () => {
  const operation = await service.operation();
  const { id } = await imported(operation, 'busy');
  const { engine } = service.service.services;
  const { change } = engine;
  let changes = 0;
  const begun = new Promise<void>((resolve) => {
    engine.change = async (sql, fair_key) => {
      changes += 1;
      resolve();
      await sleep(300);
      return change.call(engine, sql, fair_key);
    };
  });
  expect((await service.v1('DELETE', `/imports/${id}`, operation.token)).status).toBe(202);
  await begun;
  await service.restart();
  expect(changes).toBe(1);
  await undone(operation, id);
  expect(await said(operation)).toEqual(Array(4).fill(undefined));
});

test('of a running import, and of one that is not there, nothing is taken back', async () => {
  const operation = await service.operation();
  const { accounts } = service.service.services;
  const owner = await accounts.operations.byServer(operation.server);
  const input = { format: 'csv', format_reason: null, campaign_id: 1, time_zone: 'UTC' };
  const running = await accounts.imports.create(
    owner.id,
    { ...input, time_zone_from: 'parameter' },
    { mapping: '', replaces: false },
  );
  expect((await service.v1('DELETE', `/imports/${running.id}`, operation.token)).status).toBe(409);
  expect((await service.v1('DELETE', '/imports/00', operation.token)).status).toBe(404);
  const other = await service.operation();
  expect((await service.v1('DELETE', `/imports/${running.id}`, other.token)).status).toBe(404);
  const reader = await operation.newToken(['report']);
  expect((await service.v1('DELETE', `/imports/${running.id}`, reader)).status).toBe(403);
});
