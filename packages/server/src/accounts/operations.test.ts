import { newOperationSchema } from '@recuento/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores, type TestStore } from '../../test/servers/accounts-stores.js';
import { migrateAccounts } from './migrate.js';
import { Operations } from './operations.js';
import type { AccountsDatabase } from './schema.js';

let place: TestStore;
let db: AccountsDatabase;
describeStores((newStore) => {
  beforeEach(async () => {
    place = await newStore();
    db = await place.open();
    await migrateAccounts(db);
  });
  afterEach(() => place.remove());

  test('operations that an earlier version told apart by their zeros stay two, each found as it is written', async () => {
    const operations = new Operations(db, () => 0);
    const create = (server: string) => operations.create(newOperationSchema.parse({ server, name: server }));
    await create('0042');
    const { id } = await create('7');
    // As that version stored it.
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
});
