import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores, planOf, type TestStore } from '../../test/servers/accounts-stores.js';
import { DROPPED_AT_ONCE, IdempotencyKeys } from './idempotency.js';
import { migrateAccounts } from './migrate.js';
import { Owed } from './owed.js';
import type { AccountsStore } from './schema.js';

const DAY_MS = 24 * 3_600_000;
const OLD = 100;

let place: TestStore;
let db: AccountsStore;
let now_ms: number;
let keys: IdempotencyKeys;
describeStores((newStore, engine) => {
  beforeEach(async () => {
    place = await newStore();
    db = await place.open();
    await migrateAccounts(db);
    now_ms = 1_000 * DAY_MS;
    keys = new IdempotencyKeys(db, () => now_ms, 'me', new Owed(() => undefined));
  });
  afterEach(() => place.remove());

  let stored = 0;
  const once = async (key: string, fingerprint = 'f', operation_id = 1) => {
    const { received } = await keys.once(
      { operation_id, key, fingerprint },
      () => {
        stored += 1;
        return Promise.resolve({ received: stored });
      },
      new AbortController().signal,
    );
    return received;
  };
  const count = async () =>
    Number(
      (
        await db
          .selectFrom('idempotency_keys')
          .select(({ fn }) => fn.countAll().as('all'))
          .executeTakeFirstOrThrow()
      ).all,
    );

  test('a key is remembered for a day, and then is a new one', async () => {
    const first = await once('k');
    now_ms += DAY_MS - 1;
    expect(await once('k')).toBe(first);
    await expect(once('k', 'g')).rejects.toMatchObject({ id: 'conflict' });
    now_ms += 1;
    const second = await once('k', 'g');
    expect(second).toBe(first + 1);
    expect(await once('k', 'g')).toBe(second);
  });

  test('a key that is too old and still there is remembered anew', async () => {
    // Older ones are dropped first: this one is left.
    for (let nr = 0; nr < OLD; nr += 1) await once(`old ${nr}`);
    now_ms += 1;
    await once('k');
    now_ms += DAY_MS;
    const again = await once('k', 'g');
    expect(await once('k', 'g')).toBe(again);
  });

  test(`each new key drops ${DROPPED_AT_ONCE} old ones at most, until they are gone; none that still holds`, async () => {
    for (let nr = 0; nr < OLD; nr += 1) await once(`old ${nr}`, 'f', nr);
    now_ms += DAY_MS - 1;
    for (let nr = 0; nr < 10; nr += 1) await once(`kept ${nr}`);
    expect(await count()).toBe(OLD + 10);
    now_ms += 1;
    for (let left = OLD, nr = 0; nr < 10; nr += 1) {
      await once(`new ${nr}`);
      left = Math.max(0, left - DROPPED_AT_ONCE);
      expect(await count()).toBe(left + 10 + nr + 1);
    }
  });

  test('old keys are found by an index, and no key is looked at that is not old', async () => {
    const plan = await planOf(
      db,
      engine,
      'SELECT operation_id, key FROM idempotency_keys WHERE created_at_ms <= 1 ORDER BY created_at_ms LIMIT 16',
    );
    expect(plan).toMatchObject({ indexes: ['idempotency_keys_by_age'], read_whole: [] });
    expect(plan.text).toContain(
      engine === 'embedded' ? '(created_at_ms<?)' : 'Index Cond: (created_at_ms <= 1)',
    );
  });
});
