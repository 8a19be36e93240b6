import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../src/accounts/sqlite/open.js';
import { ADMIN_TOKEN, attempt, TestOperation, TestService } from './harness.js';
import { makeEarlierStore } from './model/earlier-store.js';
import { asKept, asking, Follower, history, putAside } from './quarantine/follower.js';

/** A service over a data directory that an earlier version left. */
const SERVER = '7001';
let service: TestService;
let operation: TestOperation;
let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'recuento-earlier-'));
  const row = { campaign_id: 1, dialed_at: '2026-11-03 12:00:00', delivery: 1_790_000_000_000_000 };
  await makeEarlierStore(
    data,
    SERVER,
    [
      { ...row, telephone: '573001', attempt_id: 'a', result: 'busy' },
      { ...row, telephone: '573002', attempt_id: 'b', result: 'no_answer' },
      { ...row, telephone: '573003', attempt_id: 'c', result: 'congestion' },
    ],
    {},
    [
      { telephone: '573001', added_at: '2026-11-01 00:00:00', until: '2099-01-01 00:00:00' },
      { telephone: '573001', added_at: '2026-11-02 00:00:00', until: '2099-02-01 00:00:00' },
      { telephone: '573002', added_at: '2026-10-01 00:00:00', until: '2026-10-02 00:00:00' },
    ],
  );
  service = await TestService.start({ data });
  operation = new TestOperation(service, SERVER);
  operation.token = await operation.newToken(['report', 'ingest', 'admin']);
});
afterAll(async () => {
  await service.stop();
  await rm(data, { recursive: true, force: true });
});

const WINDOW = ['20261101000000', '20261130235959'] as const;

/** By telephone, the column that is 1. */
async function report(): Promise<Record<string, string>> {
  const { json } = await operation.campaign8(1, ...WINDOW);
  const codes = ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'];
  return Object.fromEntries(
    json.data.map((row) => [row.telephone ?? '', codes.filter((code) => row[code] === '1').join()]),
  );
}

test('what add_dnc brought is part of the quarantine: listed, followed, noted when it ends, and restored', async () => {
  const ask = asking(() => service.service.url, operation.token);
  const listed = { telephone: '573001', until: '2099-02-01T00:00:00.000Z', reason: 'add_dnc', id: '0' };
  expect(await putAside(ask)).toMatchObject([{ ...listed, at: '2026-11-02T00:00:00.000Z' }]);
  await service.service.services.retests.look();
  const follower = new Follower(ask);
  await follower.follow();
  expect(follower.put_aside).toEqual(asKept(await putAside(ask)));
  expect((await history(ask)).map(({ telephone, action }) => [telephone, action])).toEqual([
    ['573002', 'restore'],
    ['573002', 'quarantine'],
    ['573001', 'quarantine'],
  ]);
  expect((await ask('POST', '/restore', { id: 0 })).json).toEqual({ telephones_restored: 1 });
  await follower.follow();
  expect([follower.put_aside.size, await putAside(ask)]).toEqual([0, []]);
});

test('what it had is there, and a file and an upload hold against it as ever', async () => {
  expect(await report()).toEqual({ '573001': 'busy', '573002': 'no_answer', '573003': 'congestion' });
  // A leg of a file that is stronger holds, a weaker one does not.
  const lines = ['573001,2026-11-03 12:00:00,no answer,a', '573002,2026-11-03 12:00:00,busy,b'];
  const map = 'telephone=t,dialed_at=d,result=r,attempt_id=i';
  const query = new URLSearchParams({ format: 'csv', campaign_id: '1', map });
  const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body: `t,d,r,i\n${lines.join('\n')}\n`,
  });
  expect(reply.status).toBe(202);
  // With a mapping: a generation of its own, which outranks what was there.
  expect(await report()).toEqual({ '573001': 'no_answer', '573002': 'busy', '573003': 'congestion' });
  const dialed_at = '2026-11-03T12:00:00Z';
  await operation.upload([
    attempt({ campaign_id: 1, telephone: '573003', attempt_id: 'c', dialed_at, result: 'failed' }),
  ]);
  expect(await report()).toEqual({ '573001': 'no_answer', '573002': 'busy', '573003': 'failed' });
});

test('its accounts and attempts are moved once', async () => {
  await service.restart();
  expect(await report()).toEqual({ '573001': 'no_answer', '573002': 'busy', '573003': 'failed' });
  const list = await service.v1('GET', '/operations', ADMIN_TOKEN);
  expect(await list.json()).toMatchObject({ operations: [{ server: SERVER, words: {} }] });
});

test('what a newer version wrote is refused with one sentence, and left as it is', async () => {
  const sentence = `${data} was written by a newer version of Recuento`;
  const accounts = async (statement: RawBuilder<unknown>) => {
    const db = openSqlite(join(data, 'accounts.db'));
    await statement.execute(db);
    await db.destroy();
  };
  await service.service.stop();
  await accounts(sql`INSERT INTO kysely_migration VALUES ('999-later', '2030-01-01')`);
  await expect(service.restart()).rejects.toThrow(sentence);
  await accounts(sql`DELETE FROM kysely_migration WHERE name = '999-later'`);
  await service.restart();
  await service.service.services.engine.command('INSERT INTO schema_migrations VALUES (99, now())');
  await expect(service.restart()).rejects.toThrow(sentence);
});
