import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newOperationSchema } from '@recuento/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrateAccounts } from './migrate.js';
import { Operations } from './operations.js';
import type { AccountsDatabase } from './schema.js';
import { openSqlite } from './sqlite/open.js';

let directory: string;
let db: AccountsDatabase;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'recuento-operations-'));
  db = openSqlite(join(directory, 'accounts.db'));
  await migrateAccounts(db);
});
afterEach(async () => {
  await db.destroy();
  rmSync(directory, { recursive: true, force: true });
});

test('operations that an earlier version told apart by their zeros stay two, each found as it is written', async () => {
  const operations = new Operations(db, () => 0);
  const create = (server: string) => operations.create(newOperationSchema.parse({ server, name: server }));
  await create('0042');
  const { id } = await create('7');
  // As such a version stored it.
  await db.updateTable('operations').set({ server: '42' }).where('id', '=', id).execute();
  for (const [asked, found] of [
    ['0042', '0042'],
    ['42', '42'],
    ['042', '0042'], // the older one
  ] as const) {
    expect([asked, (await operations.byServer(asked)).server]).toEqual([asked, found]);
  }
  await operations.change('42', { name: 'second' });
  expect((await operations.list()).map(({ server, name }) => [server, name])).toEqual([
    ['0042', '0042'],
    ['42', 'second'],
  ]);
});
