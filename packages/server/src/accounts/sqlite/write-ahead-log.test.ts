import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Accounts, openAccounts } from '../accounts.js';
import type { AccountsStore } from '../schema.js';
import type { TokenHolder } from '../tokens.js';
import { openSqlite } from './open.js';

const COMMITS_A_CHECKPOINT = 50;
const KEPT = { usage_days: 400, imports_days: 90 };

let directory: string;
let path: string;
let accounts: Accounts;
let db: AccountsStore;
let who: TokenHolder;
/** What each sync waits for, and how many have begun. */
let disk: { gate: Promise<void>; begun: number; beforeEach: () => void };

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'recuento-log-'));
  path = join(directory, 'accounts.db');
  disk = { gate: Promise.resolve(), begun: 0, beforeEach: () => undefined };
  const sync = async () => {
    disk.begun += 1;
    disk.beforeEach();
    await disk.gate;
  };
  db = openSqlite(path, sync, COMMITS_A_CHECKPOINT);
  accounts = await openAccounts(db, Date.now, { alone: true }, () => undefined, KEPT);
  const operation = await accounts.operations.create({
    server: '1',
    name: 'one',
    licences: 1,
    time_zone: 'UTC',
    reply_profile: { code: 'number', empty_status: 404 },
    limits: { max_simultaneous: 100 },
  });
  const made = await accounts.tokens.create(operation.id, {
    name: 't',
    scopes: ['report'],
    expires_at_ms: null,
  });
  who = { token: made.token, operation };
  disk.begun = 0;
});
afterEach(async () => {
  await accounts.close().catch(() => undefined);
  rmSync(directory, { recursive: true, force: true });
});

/** A gate that is closed until it is opened, or broken. */
function gate() {
  let open = () => {};
  let breakIt = (_error: Error) => {};
  const closed = new Promise<void>((resolve, reject) => {
    open = resolve;
    breakIt = reject;
  });
  closed.catch(() => undefined);
  return { closed, open, breakIt };
}

/** What a machine would find after a power cut: only what had been brought to the disk. */
function calls(copy: string): number {
  const found = new Database(join(copy, 'accounts.db'));
  const { calls } = found.prepare('SELECT coalesce(sum(calls), 0) AS calls FROM operation_usage').get() as {
    calls: number;
  };
  found.close();
  return calls;
}

test('what is acknowledged was on the disk before, whatever comes at the same time', async () => {
  const copies: string[] = [];
  disk.beforeEach = () => {
    const copy = join(directory, `copy-${disk.begun}`);
    mkdirSync(copy);
    for (const end of ['', '-wal'])
      if (existsSync(path + end)) copyFileSync(path + end, join(copy, `accounts.db${end}`));
    copies.push(copy);
  };
  let told = 0;
  const onDisk = () => (copies.length === 0 ? 0 : calls(copies.at(-1) ?? ''));
  for (let round = 0; round < 5; round += 1) {
    const { closed, open } = gate();
    disk.gate = closed;
    const counting = Array.from({ length: 7 }, async (_, at) => {
      for (let turns = 0; turns < at; turns += 1) await setImmediate();
      await accounts.calls.count(who);
      told += 1;
      expect(told).toBeLessThanOrEqual(onDisk());
    });
    for (let turns = 0; turns < 20; turns += 1) await setImmediate();
    expect(told).toBe(round * 7); // nobody gets an answer before the sync for it has ended
    disk.gate = Promise.resolve();
    open();
    await Promise.all(counting);
  }
  expect(onDisk()).toBe(35);
});

test('five hundred commits at once are synced together, and others have their turns meanwhile', async () => {
  const { closed, open } = gate();
  disk.gate = closed;
  const first = accounts.calls.count(who);
  while (disk.begun === 0) await setImmediate();
  const rest = Array.from({ length: 500 }, () => accounts.calls.count(who));
  // They are all committed while the first sync is under way: a reader sees them.
  for (;;) {
    if ((await accounts.calls.today(who.operation)).quota.left === 1_000 - 501) break;
    await setImmediate();
  }
  expect(disk.begun).toBe(1);
  disk.gate = Promise.resolve();
  open();
  await Promise.all([first, ...rest]);
  expect(disk.begun).toBe(2);
});

test('after a sync that failed nothing is answered or written until the next start', async () => {
  const { closed, breakIt } = gate();
  disk.gate = closed;
  const counting = [accounts.calls.count(who), accounts.calls.count(who)];
  while (disk.begun === 0) await setImmediate();
  disk.gate = Promise.resolve();
  breakIt(new Error('EIO: i/o error, fdatasync'));
  const failing = { status: 'rejected', reason: { name: 'AccountsUnavailable', why: 'failing' } };
  expect(await Promise.allSettled(counting)).toMatchObject([failing, failing]);
  for (const asked of [accounts.calls.count(who), accounts.ping(), accounts.tokens.authenticate('x')]) {
    await expect(asked).rejects.toMatchObject({ why: 'failing' });
  }
  expect(disk.begun).toBe(1);
  await accounts.close().catch(() => undefined);
  db = openSqlite(path);
  accounts = await openAccounts(db, Date.now, { alone: true }, () => undefined, KEPT);
  await expect(accounts.calls.count(who)).resolves.toMatchObject({ limit: 1_000 });
});

/** Resolves when the file has not changed for a while: a checkpoint on a busy machine takes some of those. */
async function atRest(): Promise<void> {
  for (let still = 0, seen = readFileSync(path); still < 10; ) {
    await sleep(50);
    const now = readFileSync(path);
    still = now.equals(seen) ? still + 1 : 0;
    seen = now;
  }
}

test('nothing of the log is copied into the file after a sync that failed', async () => {
  const at_first = readFileSync(path);
  while (readFileSync(path).equals(at_first)) {
    await accounts.calls.count(who);
    await sleep(5); // on a busy machine copying the log may take as long as fifty commits: then the next copy would be due
  }
  await atRest(); // that copy has ended
  await accounts.calls.count(who);
  await atRest(); // and no other is due: the next is far off
  const { closed, breakIt } = gate();
  disk.gate = closed;
  const { begun } = disk;
  const left = async () => (await accounts.calls.today(who.operation)).quota.left;
  const left_at_first = await left();
  const counting = [accounts.calls.count(who)];
  while (disk.begun === begun) await setImmediate();
  for (let more = 0; more < COMMITS_A_CHECKPOINT; more += 1) counting.push(accounts.calls.count(who));
  const before = readFileSync(path);
  while ((await left()) > left_at_first - counting.length) await setImmediate(); // all are committed
  breakIt(new Error('EIO: i/o error, fdatasync'));
  await Promise.allSettled(counting);
  await sleep(100);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('another user’s transaction goes on, and gets its own failure, when a sync before it fails', async () => {
  const { closed, breakIt } = gate();
  disk.gate = closed;
  const first = accounts.calls.count(who);
  first.catch(() => undefined);
  while (disk.begun === 0) await setImmediate();
  const { begun, end } = await openTransaction();
  breakIt(new Error('EIO: i/o error, fdatasync'));
  await expect(first).rejects.toMatchObject({ why: 'failing' });
  end();
  await expect(begun).rejects.toMatchObject({ name: 'AccountsUnavailable', why: 'failing' });
});

/** A transaction that has written, and ends when it is told to. */
async function openTransaction(): Promise<{ begun: Promise<void>; end: () => void }> {
  let end = () => {};
  const may_end = new Promise<void>((resolve) => {
    end = resolve;
  });
  let hasWritten = () => {};
  const written = new Promise<void>((resolve) => {
    hasWritten = resolve;
  });
  const begun = db.transaction().execute(async (tx) => {
    await tx.insertInto('settings').values({ name: 'x', value: '1' }).execute();
    hasWritten();
    await may_end;
  });
  begun.catch(() => undefined);
  await written;
  return { begun, end };
}

test('the log is copied into the file while it is used', async () => {
  const before = statSync(path).size;
  const big = { line: 1, reason: 'x', raw: 'x'.repeat(50_000) };
  const job = await accounts.imports.create(
    who.operation.id,
    {
      format: 'csv',
      format_reason: null,
      campaign_id: 1,
      time_zone: 'UTC',
      time_zone_from: 'operation',
    },
    { mapping: '', replaces: false },
  );
  await accounts.imports.progress(job, { state: 'done', reason: null, counts: job.counts }, [big]);
  for (let commits = 0; commits < COMMITS_A_CHECKPOINT; commits += 1) await accounts.calls.count(who);
  while (statSync(path).size < before + 50_000) await sleep(20);
});

test('a call is let in before the disk has it, which `counted` waits for; a slot is freed without the disk', async () => {
  const { closed, open } = gate();
  disk.gate = closed;
  const lease = await accounts.calls.admit(who);
  expect(lease.quota.left).toBe(999);
  let is_counted = false;
  const counted = lease.counted.then(() => {
    is_counted = true;
  });
  await lease.release();
  const held = await db.selectFrom('leases').select('id').execute();
  expect([held, is_counted]).toEqual([[], false]);
  disk.gate = Promise.resolve();
  open();
  await counted;
  expect(disk.begun).toBe(1);
});

test('a call that the disk did not take is never counted, and its slot is freed all the same', async () => {
  const { closed, breakIt } = gate();
  disk.gate = closed;
  const lease = await accounts.calls.admit(who);
  breakIt(new Error('EIO: i/o error, fdatasync'));
  await expect(lease.counted).rejects.toMatchObject({ name: 'AccountsUnavailable', why: 'failing' });
  await lease.release();
});
