import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { expect, test } from 'vitest';
import { describeStores } from '../../test/servers/accounts-stores.js';
import { MIGRATIONS, migrateAccounts } from './migrate.js';
import type { AccountsDatabase } from './schema.js';

/** Fails the statement with this number, the first is 0, and all behind it: what a kill does. */
class Killed implements KyselyPlugin {
  statements = 0;
  readonly #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
    this.statements += 1;
    if (this.statements > this.#at) throw new Error('killed');
    return node;
  }

  transformResult<T>({ result }: { result: T }): Promise<T> {
    return Promise.resolve(result);
  }
}

describeStores((newStore) => {
  test('migrations that are broken off at any statement leave nothing, and are done by the next start', async () => {
    const place = await newStore();
    const db = await place.open();
    let at = 0;
    for (let whole = false; !whole; at += 1) {
      expect(await tablesOf(db)).toEqual([]);
      whole = await migrateAccounts(db.withPlugin(new Killed(at))).then(
        () => true,
        () => false,
      );
    }
    expect(at).toBeGreaterThan(3 * Object.keys(MIGRATIONS).length);
    expect(await db.selectFrom('imports').select('id').execute()).toEqual([]);
    await migrateAccounts(db); // there is nothing to be done any more
    await place.remove();
  });

  test('of nodes that start at once each finds all that there is to be', async () => {
    const place = await newStore();
    const nodes = await Promise.all(Array.from({ length: 4 }, () => place.open()));
    await Promise.all(nodes.map((node) => migrateAccounts(node)));
    for (const node of nodes) expect(await tablesOf(node)).toContain('imports');
    await place.remove();
  });
});

/** Names of tables, apart from those in which is kept what was migrated. */
async function tablesOf(db: AccountsDatabase): Promise<string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name);
}
