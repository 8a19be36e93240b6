import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, MAX_TOKENS } from '@recuento/contract';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrateAccounts } from './migrate.js';
import { Operations } from './operations.js';
import type { AccountsDatabase } from './schema.js';
import { openSqlite } from './sqlite/open.js';
import { Tokens } from './tokens.js';

let directory: string;
let db: AccountsDatabase;
let tokens: Tokens;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'recuento-tokens-'));
  db = openSqlite(join(directory, 'accounts.db'), async () => undefined);
  await migrateAccounts(db);
  tokens = new Tokens(db, () => 0);
});
afterEach(async () => {
  await db.destroy();
  rmSync(directory, { recursive: true, force: true });
});

async function newOperation(server: string): Promise<number> {
  const operation = await new Operations(db, () => 0).create({
    server,
    name: server,
    licences: 1,
    time_zone: 'UTC',
    reply_profile: { code: 'number', empty_status: 404 },
    limits: DEFAULT_LIMITS,
  });
  return operation.id;
}

const create = (operation_id: number) =>
  tokens.create(operation_id, { name: 'bi', scopes: ['report'], expires_at_ms: null });

test(`an operation has ${MAX_TOKENS} live tokens at most, and another one’s do not count`, async () => {
  const [full, other] = [await newOperation('1'), await newOperation('2')];
  for (let made = 1; made < MAX_TOKENS; made += 1) await create(full);
  // Of two at once at the edge, one.
  const ends = await Promise.allSettled([create(full), create(full)]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const reason = `THE OPERATION HAS ${MAX_TOKENS} TOKENS: REVOKE ONE FIRST`;
  await expect(create(full)).rejects.toMatchObject({ id: 'conflict', message: reason });
  expect(await tokens.list(full)).toHaveLength(MAX_TOKENS);
  await create(other);
  expect(await tokens.list(other)).toHaveLength(1);
  const [one] = await tokens.list(full);
  await tokens.revoke(one?.id ?? '', full);
  await create(full);
}, 60_000);

test('the tokens of an operation are found without a look at anybody else’s, or at those that are revoked', async () => {
  const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN SELECT * FROM tokens
    WHERE operation_id = 1 AND revoked_at_ms IS NULL ORDER BY created_at_ms, id`.execute(db);
  expect(rows.map(({ detail }) => detail)).toEqual([
    'SEARCH tokens USING INDEX tokens_by_operation (operation_id=? AND revoked_at_ms=?)',
  ]);
});
