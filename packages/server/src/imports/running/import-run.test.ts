import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Accounts, openAccounts } from '../../accounts/accounts.js';
import type { ImportJob } from '../../accounts/imports.js';
import type { Operation } from '../../accounts/operations.js';
import type { AccountsStore } from '../../accounts/schema.js';
import { openSqlite } from '../../accounts/sqlite/open.js';
import { takeOver } from '../../accounts/takeover.js';
import { formatNamed } from '../formats/registry.js';
import { Intake } from '../joining/intake.js';
import { Span } from '../joining/span.js';
import { Tally } from '../joining/tally.js';
import { ImportRun } from './import-run.js';

let directory: string;
let db: AccountsStore;
let accounts: Accounts;
let operation: Operation;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'recuento-job-'));
  db = openSqlite(join(directory, 'accounts.db'));
  accounts = await openAccounts(db, Date.now, { alone: true }, () => undefined, {
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
});
afterEach(async () => {
  await db.destroy();
  rmSync(directory, { recursive: true, force: true });
});

interface Turn {
  /** Records that were read since the turn before; `written` counts the rejects that were stored. */
  readonly read: number;
  readonly written: number;
}

/** Imports a file without any attempt, so nothing reaches the store. */
async function turnsOf(
  name: 'freeswitch-json' | 'asterisk-csv',
  chunks: readonly Buffer[],
  onTurn: (nr: number) => Promise<unknown> = async () => undefined,
) {
  const format = formatNamed(name);
  const job = await accounts.imports.create(
    operation.id,
    {
      format: name,
      format_reason: null,
      campaign_id: 1,
      time_zone: 'UTC',
      time_zone_from: 'operation',
    },
    { mapping: '', replaces: false },
  );
  async function* stream() {
    yield* chunks;
  }
  const source = { chunks: stream(), bytes: () => 0 };
  const work = {
    operation,
    job,
    source,
    encoding: 'auto' as const,
    cut: format.cut,
    readLine: format.open({ time_zone: 'UTC', campaign_id: 1 }),
    settle: async () => undefined,
  };
  const tally = new Tally();
  const nowhere = () => {
    throw new Error('no record of it is an attempt');
  };
  const turns: Turn[] = [];
  let before = { read: 0, written: 0 };
  const give_turn = async () => {
    const now = { read: tally.counts().read, written: await writtenOf(job) };
    turns.push({ read: now.read - before.read, written: now.written - before.written });
    before = now;
    await onTurn(turns.length);
  };
  const whose = { operation_id: operation.id, import_number: job.number, campaign_id: 1 };
  const destination = { ...whose, store: nowhere, settleTimes: nowhere };
  const intake = new Intake(destination, tally, new Span(), give_turn);
  const done = await new ImportRun(work, accounts.imports, intake, tally, give_turn).run();
  await give_turn();
  return { turns, counts: done.counts };
}

async function writtenOf(job: ImportJob): Promise<number> {
  const { count } = await db
    .selectFrom('import_rejects')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('import_id', '=', job.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}

const most = (turns: readonly Turn[], what: keyof Turn) => Math.max(...turns.map((turn) => turn[what]));

test.each([
  ['freeswitch-json', '{}'],
  ['asterisk-csv', 'x\n'],
] as const)('%s: others get their turn between few records, in one chunk too', async (name, record) => {
  const chunk = Buffer.from(record.repeat(20_000));
  const { turns, counts } = await turnsOf(name, [chunk, chunk]);
  expect(counts).toMatchObject({ read: 40_000, rejected: 40_000 });
  expect(most(turns, 'read')).toBe(500);
  // What one turn left and what the next brought, while no turn has both to read and to write.
  expect(most(turns, 'written')).toBeLessThanOrEqual(1_000);
  expect(turns.reduce((sum, { written }) => sum + written, 0)).toBe(40_000);
  expect(turns.slice(0, -1).every(({ read, written }) => read === 0 || written === 0)).toBe(true);
});

test('long records share a turn with few others', async () => {
  const record = `{"a":"${'x'.repeat(100 * 1024)}"}`;
  const { turns, counts } = await turnsOf('freeswitch-json', [Buffer.from(record.repeat(20))]);
  expect(counts.rejected).toBe(20);
  expect(most(turns, 'read')).toBeLessThanOrEqual(2);
});

test('a file without any record gives turns too', async () => {
  const { turns } = await turnsOf('freeswitch-json', [Buffer.alloc(1024 * 1024, ' ')]);
  expect(turns.length).toBeGreaterThanOrEqual(15);
});

test('an import whose node was taken for dead ends at its next note, and stays as the other node left it', async () => {
  let turns = 0;
  const run = turnsOf('asterisk-csv', [Buffer.from('x\n'.repeat(100_000))], async (nr) => {
    turns = nr;
    if (nr === 3) await takeOver(db, { id: accounts.nodes.id, beats: 0 }, 'another', Date.now());
  });
  await expect(run).rejects.toMatchObject({ name: 'ImportStopped', kind: 'taken over' });
  expect(turns).toBeLessThan(10);
  const [job] = await accounts.imports.list(operation.id, undefined, 1);
  expect(job).toMatchObject({ state: 'interrupted', reason: 'the service was stopped' });
  // The rejects that it noted before are there, and none that it found afterwards.
  expect(await writtenOf(job as ImportJob)).toBeLessThan(2_000);
});
