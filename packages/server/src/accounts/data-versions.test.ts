import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Change, DataVersions, type Read, raiseAll } from './data-versions.js';
import { migrateAccounts } from './migrate.js';
import type { AccountsDatabase } from './schema.js';
import { openSqlite } from './sqlite/open.js';

let directory: string;
let db: AccountsDatabase;
/** What each sync of the disk waits for. */
let disk = Promise.resolve();
/** Two processes' worth of them over one file. */
let nodes: readonly DataVersions[];
let operations = 0;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'recuento-versions-'));
  db = openSqlite(join(directory, 'accounts.db'), () => disk);
  await migrateAccounts(db);
  nodes = [new DataVersions(db), new DataVersions(db)];
});
afterAll(async () => {
  await db.destroy();
  rmSync(directory, { recursive: true, force: true });
});

const HOUR_S = 3_600;
const campaign_id = fc.integer({ min: 1, max: 3 });
const hour = fc.nat(5);

type Hours = [campaign_id: number, hour: number][];
const change: fc.Arbitrary<Hours | Change> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.tuple(campaign_id, hour), { minLength: 1, maxLength: 4 }) },
  fc.record({ kind: fc.constant('customers' as const), campaign_id }),
  fc.record({ kind: fc.constant('anything' as const) }),
);

const question = fc
  .record({
    campaign_id: fc.option(campaign_id, { nil: undefined }),
    from_s: fc.nat(6 * HOUR_S),
    seconds: fc.integer({ min: 1, max: 3 * HOUR_S }),
    customers: fc.boolean(),
  })
  .map(({ seconds, ...rest }) => ({ ...rest, until_s: rest.from_s + seconds }));

/** Whether the change may show in what is read, to the hour. */
function shows(changed: Hours | Change, read: Omit<Read, 'operation_id'>): boolean {
  const ofCampaign = (id: number) => read.campaign_id === undefined || read.campaign_id === id;
  if (Array.isArray(changed)) {
    return changed.some(
      ([id, at]) => ofCampaign(id) && at * HOUR_S < read.until_s && (at + 1) * HOUR_S > read.from_s,
    );
  }
  if (changed.kind === 'customers') return read.customers && ofCampaign(changed.campaign_id);
  return true;
}

function asChange(changed: Hours | Change): Change {
  if (!Array.isArray(changed)) return changed;
  const hours = new Map<number, Set<number>>();
  for (const [id, at] of changed) hours.set(id, (hours.get(id) ?? new Set()).add(at));
  return { kind: 'attempts', hours };
}

test('what is read has another version behind a change that may show in it, and the same behind every other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(change, fc.nat(1)), { maxLength: 8 }),
      fc.array(question, { minLength: 1, maxLength: 4 }),
      async (changes, questions) => {
        operations += 1;
        const operation_id = operations;
        const versions = questions.map(() => new Set<string>());
        const look = async (at: number, node: number) =>
          (await nodes[node]?.of({ ...(questions[at] as Read), operation_id })) ?? '';
        for (const [at, seen] of versions.entries()) seen.add(await look(at, 0));
        for (const [changed, node] of changes) {
          await nodes[node]?.raise(operation_id, asChange(changed));
          for (const [at, asked] of questions.entries()) {
            const seen = versions[at] ?? new Set();
            const size = seen.size;
            // By the other node; and never one that it was before.
            seen.add(await look(at, 1 - node));
            expect(seen.size - size).toBe(shows(changed, asked as Read) ? 1 : 0);
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('an operation’s changes are its own', async () => {
  const read = { operation_id: 1_001, campaign_id: undefined, from_s: 0, until_s: HOUR_S, customers: true };
  const before = await nodes[0]?.of(read);
  for (const changed of [[[1, 0]] satisfies Hours, { kind: 'customers', campaign_id: 1 } as const]) {
    await nodes[0]?.raise(1_002, asChange(changed));
  }
  await nodes[0]?.raise(1_002, { kind: 'anything' });
  expect(await nodes[0]?.of(read)).toBe(before);
});

test('what could not rise while another was on its way to the disk is still owed', async () => {
  const read = { operation_id: 1_003, campaign_id: undefined, from_s: 0, until_s: HOUR_S, customers: false };
  const [versions] = nodes;
  if (!versions) throw new Error('no versions');
  const at_first = await versions.of(read);
  let turn = () => {};
  disk = new Promise((resolve) => {
    turn = resolve;
  });
  const rising = versions.raise(1_003, { kind: 'anything' });
  let seen = at_first;
  while (seen === at_first) seen = await versions.of(read);
  const other = openSqlite(join(directory, 'accounts.db'));
  await other.transaction().execute(async () => {
    await expect(versions.raise(1_003, asChange([[1, 0]]))).rejects.toMatchObject({ why: 'busy' });
  });
  await other.destroy();
  turn();
  await rising;
  expect(await versions.of(read)).not.toBe(seen);
});

test('a copy of the accounts that is brought back tells no version that the life behind it told', async () => {
  const path = (name: string) => join(directory, name);
  const first = openSqlite(path('first.db'));
  await migrateAccounts(first);
  const limits = {
    licences: 1,
    time_zone: 'UTC',
    reply_code: 'number',
    reply_empty_status: 404,
    limits: '{}',
  };
  await first
    .insertInto('operations')
    .values({ id: 1, server: 'a', name: 'a', created_at_ms: 0, has_customers: 0, ...limits })
    .execute();
  const read = { operation_id: 1, campaign_id: undefined, from_s: 0, until_s: HOUR_S, customers: false };
  const seen: string[] = [];
  for (const life of ['original', 'brought back']) {
    await sql`VACUUM INTO ${path(`${life}.db`)}`.execute(first);
    const store = openSqlite(path(`${life}.db`));
    const versions = new DataVersions(store);
    await raiseAll(store); // behind a kill
    await versions.raise(1, asChange([[1, 0]]));
    seen.push(await versions.of(read));
    await store.destroy();
  }
  await first.destroy();
  expect(seen[0]).not.toBe(seen[1]);
});
