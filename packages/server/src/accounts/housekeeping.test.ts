import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores, planOf, type TestStore } from '../../test/servers/accounts-stores.js';
import { Housekeeping, type Kept } from './housekeeping.js';
import { migrateAccounts } from './migrate.js';
import type { AccountsDatabase } from './schema.js';

let place: TestStore;
let db: AccountsDatabase;
describeStores((newStore, engine) => {
  beforeEach(async () => {
    place = await newStore();
    db = await place.open();
    await migrateAccounts(db);
  });
  afterEach(() => place.remove());

  const NOW_MS = Date.UTC(2026, 10, 27, 12);
  const DAY_MS = 86_400_000;
  const dayAgo = (days: number) => new Date(NOW_MS - days * DAY_MS).toISOString().slice(0, 10);

  test.each([
    { usage_days: 400, imports_days: 90 },
    { usage_days: 2, imports_days: 1 },
  ])('what is older than its time goes, to the day, and what is not stays: %j', async (kept_days) => {
    const { usage_days, imports_days } = kept_days;
    const days = [0, usage_days - 1, usage_days, usage_days + 1, 2_000];
    for (const days_ago of days) {
      const day = dayAgo(days_ago);
      await db.insertInto('operation_usage').values({ operation_id: 1, day, calls: 1 }).execute();
      await db.insertInto('token_usage').values({ token_id: 't', day, calls: 1 }).execute();
    }
    for (const ends of [-1, 0, 1]) {
      const expires_at_ms = NOW_MS + ends;
      await db
        .insertInto('leases')
        .values({ id: `${ends}`, token_id: 't', node: 'n', expires_at_ms })
        .execute();
    }
    await addImport('new', NOW_MS - imports_days * DAY_MS, 'done', 3);
    await addImport('old', NOW_MS - imports_days * DAY_MS - 1, 'failed', 1_200);
    await addImport('runs', NOW_MS - 200 * DAY_MS, 'running', 2);
    const most = await turns(kept_days);
    const kept = [dayAgo(usage_days), dayAgo(usage_days - 1), dayAgo(0)];
    expect(
      (await db.selectFrom('operation_usage').select('day').orderBy('day').execute()).map(({ day }) => day),
    ).toEqual(kept);
    expect(
      (await db.selectFrom('token_usage').select('day').orderBy('day').execute()).map(({ day }) => day),
    ).toEqual(kept);
    expect(await db.selectFrom('leases').select('id').execute()).toEqual([{ id: '1' }]);
    const imports = await db.selectFrom('imports').select('id').orderBy('id').execute();
    expect(imports.map(({ id }) => id)).toEqual(['new', 'runs']);
    const rejects = await db.selectFrom('import_rejects').select('import_id').execute();
    expect(rejects.map(({ import_id }) => import_id).sort()).toEqual(['new', 'new', 'new', 'runs', 'runs']);
    expect(most).toBeLessThanOrEqual(500);
  });

  test('old rows are found by an index, however many new ones there are', async () => {
    const plan = await planOf(
      db,
      engine,
      `SELECT day FROM token_usage WHERE day < '2026-01-01'
      UNION ALL SELECT id FROM leases WHERE expires_at_ms <= 1
      UNION ALL SELECT id FROM imports WHERE created_at_ms < 1`,
    );
    expect(plan).toMatchObject({
      indexes: ['token_usage_by_day', 'leases_by_expiry', 'imports_by_age'],
      read_whole: [],
    });
  });

  /** Turns until nothing is left; the most rejected lines that one of them deleted. */
  async function turns(kept: Kept): Promise<number> {
    const housekeeping = new Housekeeping(
      db,
      () => NOW_MS,
      () => undefined,
      kept,
    );
    let most = 0;
    for (let left = await rejectCount(); await housekeeping.turn(); ) {
      const now = await rejectCount();
      most = Math.max(most, left - now);
      left = now;
    }
    return most;
  }

  async function rejectCount(): Promise<number> {
    const { rows } = await db
      .selectFrom('import_rejects')
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    return Number(rows);
  }

  async function addImport(
    id: string,
    created_at_ms: number,
    state: 'done' | 'failed' | 'running',
    rejects: number,
  ) {
    await db
      .insertInto('operations')
      .values({
        id: 1,
        server: '1',
        name: '1',
        licences: 1,
        time_zone: 'UTC',
        reply_code: 'number',
        reply_empty_status: 404,
        limits: '{}',
        created_at_ms,
        has_customers: 0,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await db
      .insertInto('imports')
      .values({
        id,
        operation_id: 1,
        node: 'n',
        format: 'csv',
        campaign_id: 1,
        time_zone: 'UTC',
        time_zone_from: 'operation',
        format_reason: null,
        state,
        reason: null,
        counts: '{}',
        created_at_ms,
        updated_at_ms: created_at_ms,
      })
      .execute();
    for (let at = 0; at < rejects; at += 400) {
      const rows = Array.from({ length: Math.min(400, rejects - at) }, (_, index) => ({
        import_id: id,
        line: at + index + 1,
        reason: 'r',
        raw: 'x',
      }));
      await db.insertInto('import_rejects').values(rows).execute();
    }
  }
});
