import fc from 'fast-check';
import { Migrator } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores, planOf, type TestStore } from '../../test/servers/accounts-stores.js';
import { type Accounts, openAccounts } from './accounts.js';
import type { ClaimedCall } from './call-claims.js';
import { MIGRATIONS, migrateAccounts } from './migrate.js';
import type { AccountsDatabase } from './schema.js';

/** The accounts of two processes over one store. */
let place: TestStore;
let nodes: Accounts[];
let operation_id: number;
let now_ms: number;
let campaigns = 0;

const KEPT = { usage_days: 90, imports_days: 90 };
const DAY_MS = 86_400_000;
const NOON_S = Date.UTC(2026, 10, 3, 12) / 1_000;
const MIDNIGHT_S = Date.UTC(2026, 10, 4) / 1_000;
const FOUR_HOURS_S = 4 * 3_600;

describeStores((newStore, engine) => {
  beforeEach(async () => {
    place = await newStore();
    now_ms = Date.now();
    nodes = [];
    for (let nr = 0; nr < 2; nr += 1) {
      const db = await place.open();
      nodes.push(
        await openAccounts(
          db,
          () => now_ms,
          { alone: false, beat_ms: 0 },
          () => undefined,
          KEPT,
        ),
      );
    }
    operation_id = (await node(0).operations.create(OPERATION)).id;
  });
  afterEach(async () => {
    for (const accounts of nodes) await accounts.close();
    await place.remove();
  });

  const OPERATION = {
    server: '0042',
    name: 'x',
    licences: 1,
    time_zone: 'UTC',
    reply_profile: { code: 'number', empty_status: 404 },
    limits: {},
  } as const;

  function node(at: number): Accounts {
    const accounts = nodes[at];
    if (!accounts) throw new Error('no such node');
    return accounts;
  }

  const fresh = () => {
    campaigns += 1;
    return { operation_id, campaign_id: campaigns, import_number: 0 };
  };

  const noTurn = async () => undefined;
  const call = (key: string, dialed_at_s: number, within_s = FOUR_HOURS_S): ClaimedCall => ({
    key,
    dialed_at_s,
    within_s,
  });

  async function claim(
    at: number,
    of: ReturnType<typeof fresh>,
    calls: readonly ClaimedCall[],
  ): Promise<number[]> {
    return [...(await node(at).callClaims.claim(of, calls, noTurn))];
  }

  test('two nodes that take in the same calls at once, under different times, come to one time each', async () => {
    const of = fresh();
    const first: number[] = [];
    for (let batch = 0; batch < 20; batch += 1) {
      const calls = Array.from({ length: 50 }, (_, nr) => call(`call ${batch} ${nr}`, NOON_S + 30));
      const asked = [calls, calls.map((one) => ({ ...one, dialed_at_s: NOON_S }))];
      const at_first = batch % 2;
      const [one = [], other] = await Promise.all(
        [at_first, 1 - at_first].map((at) => claim(at, of, asked[at] ?? [])),
      );
      expect(one).toEqual(other);
      first.push(...one);
    }
    // Each node came first for some call.
    expect(new Set(first)).toEqual(new Set([NOON_S, NOON_S + 30]));
  });

  /** The times of a call that hold, in plain memory. */
  class Model {
    readonly #times = new Map<string, number[]>();

    claim({ key, dialed_at_s, within_s }: ClaimedCall): number {
      const times = this.#times.get(key) ?? [];
      const near = times.filter((time_s) => Math.abs(time_s - dialed_at_s) <= within_s);
      if (near.length > 0) return Math.min(...near);
      this.#times.set(key, [...times, dialed_at_s]);
      return dialed_at_s;
    }
  }

  const arrivals = fc.array(
    fc.record({
      at: fc.nat(1),
      calls: fc.array(
        fc.record({
          key: fc.constantFrom('a', 'b', 'b\n573001', 'ñ'),
          // Around a midnight, so that the claims are of two days.
          dialed_at_s: fc
            .oneof(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -90_000, max: 90_000 }))
            .map((seconds) => MIDNIGHT_S + seconds),
          within_s: fc.constantFrom(1, 3, 900, FOUR_HOURS_S),
        }),
        { minLength: 1, maxLength: 12 },
      ),
    }),
    { minLength: 1, maxLength: 8 },
  );

  test('whichever records come to whichever process, the first near time of a call holds', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (batches) => {
        const of = fresh();
        const model = new Model();
        for (const { at, calls } of batches) {
          expect(await claim(at, of, calls)).toEqual(calls.map((one) => model.claim(one)));
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('a call that was dialed again hours later keeps both its times, whatever came between', async () => {
    const of = fresh();
    const later_s = NOON_S + 5 * 3_600;
    expect(await claim(0, of, [call('agent', NOON_S, 900), call('agent', later_s, 900)])).toEqual([
      NOON_S,
      later_s,
    ]);
    expect(await claim(1, of, [call('agent', NOON_S + 5, 900), call('agent', later_s + 5, 900)])).toEqual([
      NOON_S,
      later_s,
    ]);
    // To the second.
    expect(await claim(1, of, [call('agent', NOON_S - 900, 900), call('agent', NOON_S - 901, 900)])).toEqual([
      NOON_S,
      NOON_S - 901,
    ]);
  });

  test('a call is its operation, its campaign and its key', async () => {
    const of = fresh();
    await claim(0, of, [call('a', NOON_S)]);
    const other = { ...of, operation_id: operation_id + 1 };
    for (const elsewhere of [other, fresh()]) {
      expect(await claim(0, elsewhere, [call('a', NOON_S + 1)])).toEqual([NOON_S + 1]);
    }
    expect(await claim(0, of, [call('a ', NOON_S + 1), call('a', NOON_S + 1)])).toEqual([NOON_S + 1, NOON_S]);
  });

  test('of very many calls in one batch each has its time, also records of one call that are far apart, with turns between', async () => {
    const of = fresh();
    const calls = Array.from({ length: 9_001 }, (_, nr) => call(`call ${nr % 4_501}`, NOON_S + nr));
    let turns = 0;
    const times = await node(0).callClaims.claim(of, calls, async () => {
      turns += 1;
    });
    expect([...times]).toEqual(calls.map((_, nr) => NOON_S + (nr % 4_501)));
    // One turn for each thousand that are hashed, each four thousand that are put into order, each five hundred that are written.
    expect(turns).toBeGreaterThanOrEqual(9 + 3 + 18);
  });

  test('a failure is thrown when nothing is under way any more, and what was claimed by then holds', async () => {
    const of = fresh();
    const calls = Array.from({ length: 1_500 }, (_, nr) => call(`call ${nr}`, NOON_S));
    let turns = 0;
    const failing = node(0).callClaims.claim(of, calls, async () => {
      turns += 1;
      if (turns === 5) throw new Error('the caller hung up');
    });
    await expect(failing).rejects.toThrow('the caller hung up');
    const later = await claim(
      1,
      of,
      calls.map((one) => ({ ...one, dialed_at_s: NOON_S + 60 })),
    );
    expect(later.filter((time_s) => time_s === NOON_S)).toHaveLength(500);
  });

  test('what an import claimed holds no more once it is to be taken back', async () => {
    const imports = async () => {
      const job = await node(0).imports.create(operation_id, IMPORT, { mapping: '', replaces: false });
      return node(0).imports.progress(job, { state: 'done', reason: null, counts: job.counts }, []);
    };
    const [wrong, kept, right] = [await imports(), await imports(), await imports()];
    const of = ({ number }: { number: number | null }) => ({
      operation_id,
      campaign_id: 1,
      import_number: number ?? 0,
    });
    await claim(0, of(wrong), [call('a', NOON_S), call('same', NOON_S)]);
    await claim(0, of(kept), [call('b', NOON_S)]);
    const { job } = await node(0).importUndos.begin(operation_id, wrong.id, 'admin');
    const at_s = NOON_S + 3_600;
    const again = [call('a', at_s), call('b', at_s), call('same', NOON_S)];
    expect(await claim(1, of(right), again)).toEqual([at_s, NOON_S, NOON_S]);
    await node(0).importUndos.end(job);
    // The claims are the later import's now, also the one of the very same time.
    const last = again.map((one) => ({ ...one, dialed_at_s: NOON_S + 7_200 }));
    expect(await claim(1, of(kept), last)).toEqual([at_s, NOON_S, NOON_S]);
  });

  const IMPORT = {
    format: 'twilio',
    format_reason: null,
    campaign_id: 1,
    time_zone: 'UTC',
    time_zone_from: 'parameter',
  } as const;

  test('claims go after a day', async () => {
    const of = fresh();
    await claim(0, of, [call('old', NOON_S)]);
    now_ms += 1;
    await claim(0, of, [call('new', NOON_S)]);
    now_ms += DAY_MS;
    while (await node(1).housekeeping.turn());
    const later = [call('old', NOON_S + 1), call('new', NOON_S + 1)];
    expect(await claim(0, of, later)).toEqual([NOON_S + 1, NOON_S]);
  });

  test('a store of the version before is brought to this one, with what it has', async () => {
    const other_place = await newStore();
    const earlier: AccountsDatabase = await other_place.open();
    const before = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name < '008'));
    const migrator = new Migrator({ db: earlier, provider: { getMigrations: async () => before } });
    expect((await migrator.migrateToLatest()).error).toBeUndefined();
    const { reply_profile, ...operation } = OPERATION;
    const row = {
      ...operation,
      id: 7,
      reply_code: reply_profile.code,
      reply_empty_status: 404,
      limits: '{}',
    };
    await earlier
      .insertInto('operations')
      .values({ ...row, created_at_ms: 1, has_customers: 0 })
      .execute();
    await earlier.destroy();
    const db = await other_place.open();
    await migrateAccounts(db);
    await migrateAccounts(db); // once is enough
    expect(await db.selectFrom('operations').select('id').execute()).toEqual([{ id: 7 }]);
    expect(await db.selectFrom('call_claims').selectAll().execute()).toEqual([]);
    // Old claims and claims of imports that were taken back are both found by an index.
    const plan = await planOf(
      db,
      engine,
      `SELECT call FROM call_claims WHERE claimed_at_ms < 1
      UNION ALL SELECT id FROM imports WHERE operation_id = 1 AND number = 1`,
    );
    expect(plan).toMatchObject({ indexes: ['call_claims_by_age', 'imports_by_number'], read_whole: [] });
    await other_place.remove();
  });
});
