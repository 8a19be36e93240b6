import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Accounts, openAccounts } from '../accounts.js';
import { migrateAccounts } from '../migrate.js';
import type { Operation } from '../operations.js';
import type { AccountsStore } from '../schema.js';
import { lockDirectory } from './directory-lock.js';
import { openSqlite } from './open.js';

let directory: string;
let db: AccountsStore;
let accounts: Accounts;
let operation: Operation;
const failures: string[] = [];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'recuento-accounts-'));
  db = openSqlite(join(directory, 'accounts.db'));
  accounts = await openAccounts(db, Date.now, { alone: true }, (message) => failures.push(message), {
    usage_days: 400,
    imports_days: 90,
  });
  operation = await accounts.operations.create({
    server: '1',
    name: 'one',
    licences: 1,
    time_zone: 'UTC',
    reply_profile: { code: 'number', empty_status: 404 },
    limits: { max_simultaneous: 1 },
  });
  failures.length = 0;
});
afterEach(async () => {
  await accounts.close().catch(() => undefined);
  rmSync(directory, { recursive: true, force: true });
});

/** A lock of the file by another process, as a backup or a tool takes it. */
function heldByAnother(): { letGo(): void } {
  const other = new Database(join(directory, 'accounts.db'));
  other.exec('BEGIN EXCLUSIVE');
  return {
    letGo() {
      other.exec('ROLLBACK');
      other.close();
    },
  };
}

/** The result of `work`, and how often everybody else had a turn meanwhile. */
async function turnsDuring<T>(work: Promise<T>): Promise<{ turns: number; result: PromiseSettledResult<T> }> {
  let turns = 0;
  let over = false;
  const [result] = await Promise.all([
    Promise.allSettled([work]).then(([settled]) => {
      over = true;
      return settled;
    }),
    (async () => {
      while (!over) {
        turns += 1;
        await setImmediate();
      }
    })(),
  ]);
  return { turns, result };
}

async function holder() {
  const { token, secret } = await accounts.tokens.create(operation.id, {
    name: 't',
    scopes: ['report'],
    expires_at_ms: null,
  });
  return { token, operation: (await accounts.tokens.authenticate(secret)).operation };
}

test('while another process holds the file a call is told so, and everybody else has thousands of turns', async () => {
  const who = await holder();
  const other = heldByAnother();
  const { turns, result } = await turnsDuring(accounts.calls.admit(who));
  expect(result).toMatchObject({ status: 'rejected', reason: { name: 'AccountsUnavailable', why: 'busy' } });
  expect(turns).toBeGreaterThan(1_000);
  other.letGo();
  await expect(accounts.calls.admit(who)).resolves.toMatchObject({ quota: { left: 999 } });
});

test('a file that another holds at a start is said to be held, while everybody else has their turns, and is opened later', async () => {
  const path = join(directory, 'new.db');
  const other = new Database(path);
  other.exec('CREATE TABLE rows (id INTEGER)');
  other.exec('INSERT INTO rows VALUES (1)');
  // A long look with a tool, before the file has a write-ahead log, with which readers do not block writers.
  other.exec('BEGIN');
  other.prepare('SELECT id FROM rows').all();
  const store = openSqlite(path);
  const { turns, result } = await turnsDuring(migrateAccounts(store));
  expect(result).toMatchObject({ status: 'rejected', reason: { name: 'AccountsUnavailable', why: 'busy' } });
  expect(turns).toBeGreaterThan(1_000);
  other.exec('ROLLBACK');
  other.close();
  await migrateAccounts(store);
  await store.destroy();
});

test('many who wait for the file wait together, and one who waits long enough gets it', async () => {
  const who = await holder();
  const other = heldByAnother();
  const all = await turnsDuring(
    Promise.allSettled(Array.from({ length: 50 }, () => accounts.calls.count(who))),
  );
  expect(all.turns).toBeGreaterThan(1_000);
  const waiting = accounts.calls.count(who);
  await turnsDuring(setImmediate());
  other.letGo();
  await expect(waiting).resolves.toMatchObject({ left: 999 }); // none of the fifty counted
});

test('a slot that could not be freed on a full disk is freed later, and the call itself does not fail', async () => {
  const who = await holder();
  const { release } = await accounts.calls.admit(who);
  const other = heldByAnother();
  await expect(release()).resolves.toBeUndefined();
  expect(failures).toHaveLength(1);
  other.letGo();
  await expect(accounts.calls.admit(who)).rejects.toMatchObject({ id: 'too-many-simultaneous' });
  for (;;) {
    const again = await accounts.calls.admit(who).catch(() => undefined);
    if (again) break;
    await turnsDuring(new Promise((resolve) => setTimeout(resolve, 20)));
  }
});

test('a full disk is reported as one, a transaction on it is undone whole, and nothing is stuck after it', async () => {
  const who = await holder();
  await db.executeQuery(sql`PRAGMA max_page_count = 1`.compile(db));
  const big = { line: 1, reason: 'x', raw: 'x'.repeat(50_000) };
  const job = await accounts.imports.create(
    operation.id,
    {
      format: 'csv',
      format_reason: null,
      campaign_id: 1,
      time_zone: 'UTC',
      time_zone_from: 'operation',
    },
    { mapping: '', replaces: false },
  );
  await expect(
    accounts.imports.progress(job, { state: 'done', reason: null, counts: job.counts }, [big]),
  ).rejects.toMatchObject({ name: 'AccountsUnavailable', why: 'full' });
  expect((await accounts.imports.get(operation.id, job.id)).state).toBe('running');
  await db.executeQuery(sql`PRAGMA max_page_count = 1000000`.compile(db));
  await expect(accounts.calls.count(who)).resolves.toMatchObject({ left: 999 });
});

test('nothing is stored of a transaction that a full disk undid, also where it goes on', async () => {
  const set = (into: Pick<AccountsStore, 'insertInto'>, name: string, value: string) =>
    into.insertInto('settings').values({ name, value }).execute();
  await db.executeQuery(sql`PRAGMA max_page_count = 1`.compile(db));
  const going_on = db.transaction().execute(async (tx) => {
    await set(tx, 'before', 'x').catch(() => undefined);
    await set(tx, 'large', 'x'.repeat(500_000)).catch(() => undefined);
    await set(tx, 'behind', 'x');
  });
  await expect(going_on).rejects.toMatchObject({ name: 'AccountsUnavailable', why: 'full' });
  await db.executeQuery(sql`PRAGMA max_page_count = 1000000`.compile(db));
  const names = await db.selectFrom('settings').select('name').execute();
  expect(names.map(({ name }) => name)).not.toContain('before');
  expect(names.map(({ name }) => name)).not.toContain('behind');
});

test('a data version that could not rise is given to nobody, also across a stop', async () => {
  const { dataVersions } = accounts;
  const hour = { operation_id: operation.id, campaign_id: 7, from_s: 0, until_s: 3_600, customers: false };
  const change = { kind: 'attempts', hours: new Map([[7, new Set([0])]]) } as const;
  const before = await dataVersions.of(hour);
  const other = heldByAnother();
  await expect(dataVersions.raise(operation.id, change)).rejects.toMatchObject({ why: 'busy' });
  await expect(dataVersions.of(hour)).rejects.toMatchObject({ why: 'busy' });
  await accounts.stop();
  other.letGo();
  // Another node has to take it over: it did not stop in order.
  const next = await openAccounts(
    openSqlite(join(directory, 'accounts.db')),
    Date.now,
    { alone: true },
    () => undefined,
    { usage_days: 400, imports_days: 90 },
  );
  expect(await next.dataVersions.of(hour)).not.toBe(before);
  await next.close();
});

test('a directory belongs to one process, until it lets go', () => {
  const lock = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(expect.objectContaining({ name: 'DirectoryInUse' }));
  lock.release();
  lockDirectory(directory).release();
});
