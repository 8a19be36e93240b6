import { type KyselyPlugin, Migrator, type RootOperationNode } from 'kysely';
import { expect, test } from 'vitest';
import { describeStores } from '../../test/servers/accounts-stores.js';
import { openAccounts } from './accounts.js';
import { MIGRATIONS, migrateAccounts } from './migrate.js';
import type { AccountsDatabase } from './schema.js';

/** Fails the statement with this number, the first is 0, and all after it: what a kill does. */
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
  test('migrations that are broken off at any statement leave nothing behind, and are done by the next start', async () => {
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

  test('of nodes that start at once each finds the whole schema', async () => {
    const place = await newStore();
    const nodes = await Promise.all(Array.from({ length: 4 }, () => place.open()));
    await Promise.all(nodes.map((node) => migrateAccounts(node)));
    for (const node of nodes) expect(await tablesOf(node)).toContain('imports');
    await place.remove();
  });

  test.each([true, false])(
    'what an earlier version left is taken over, and versions rise unless it stopped in order (%s)',
    async (stopped) => {
      const place = await newStore();
      const db = await place.open();
      const provider = { getMigrations: () => Promise.resolve(MIGRATIONS) };
      await new Migrator({ db, provider }).migrateTo('012-versions-by-hour');
      const profile = { reply_code: 'number', reply_empty_status: 404, limits: '{}', has_customers: 0 };
      const operation = { id: 1, server: '1', name: '1', licences: 1, time_zone: 'UTC', created_at_ms: 0 };
      await db
        .insertInto('operations')
        .values({ ...operation, ...profile })
        .execute();
      for (const [id, state] of [
        ['a', 'running'],
        ['b', 'undoing'],
        ['c', 'done'],
      ] as const) {
        // A stop in order left no import that runs.
        if (stopped && state === 'running') continue;
        const zone = { time_zone: 'UTC', time_zone_from: 'operation' as const };
        const file = { format: 'csv', format_reason: null, campaign_id: 1, counts: '{}', reason: null };
        const times = { created_at_ms: 0, updated_at_ms: 0 };
        await db
          .insertInto('imports')
          .values({ id, state, operation_id: 1, node: 'local', number: 1, ...zone, ...file, ...times })
          .execute();
      }
      await db
        .insertInto('leases')
        .values({ id: 'l', token_id: 't', node: 'local', expires_at_ms: 9e12 })
        .execute();
      if (stopped) await db.insertInto('settings').values({ name: 'clean_stop', value: '1' }).execute();
      const kept = { usage_days: 90, imports_days: 90 };
      const accounts = await openAccounts(
        db,
        () => 0,
        { alone: true },
        () => undefined,
        kept,
      );
      const states = await db.selectFrom('imports').select('state').orderBy('id').execute();
      expect(states.map(({ state }) => state)).toEqual([
        ...(stopped ? [] : ['interrupted']),
        'undoing',
        'done',
      ]);
      expect((await accounts.importUndos.begun()).map(({ job }) => job.id)).toEqual(['b']);
      expect(await db.selectFrom('leases').select('id').execute()).toEqual([]);
      expect((await db.selectFrom('data_versions').select('version').execute()).length).toBe(stopped ? 0 : 1);
      expect((await db.selectFrom('nodes').select('id').execute()).map(({ id }) => id)).toEqual([
        accounts.nodes.id,
      ]);
      expect(
        await db.selectFrom('settings').where('name', '=', 'clean_stop').select('name').execute(),
      ).toEqual([]);
      await accounts.close();
      await place.remove();
    },
  );
});

/** Names of tables, except those that record the migrations. */
async function tablesOf(db: AccountsDatabase): Promise<string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name);
}
