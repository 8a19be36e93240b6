import { DEFAULT_LIMITS, MAX_TOKENS } from '@recuento/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores, planOf, type TestStore } from '../../test/servers/accounts-stores.js';
import { migrateAccounts } from './migrate.js';
import { Operations } from './operations.js';
import type { AccountsStore } from './schema.js';
import { Tokens } from './tokens.js';

let place: TestStore;
let db: AccountsStore;
let tokens: Tokens;
describeStores((newStore, engine) => {
  beforeEach(async () => {
    place = await newStore();
    db = await place.open();
    await migrateAccounts(db);
    tokens = new Tokens(db, () => 0);
  });
  afterEach(() => place.remove());

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
    const several = (count: number) => Array.from({ length: count }, () => create(full));
    for (let left = MAX_TOKENS - 1; left > 0; left -= 16) await Promise.all(several(Math.min(16, left)));
    // Of several that are created at once at the limit, one is.
    const ends = await Promise.allSettled(several(8));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
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
    const plan = await planOf(
      db,
      engine,
      'SELECT * FROM tokens WHERE operation_id = 1 AND revoked_at_ms IS NULL ORDER BY created_at_ms, id',
    );
    expect(plan).toMatchObject({ indexes: ['tokens_by_operation'], read_whole: [] });
    expect(plan.text).toContain(
      engine === 'embedded'
        ? '(operation_id=? AND revoked_at_ms=?)'
        : 'Index Cond: ((operation_id = 1) AND (revoked_at_ms IS NULL))',
    );
  });
});
