import { setTimeout as sleep } from 'node:timers/promises';
import { newOperationSchema, type OwnWordChange } from '@recuento/contract';
import type { Transaction } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores, type TestStore } from '../../test/servers/accounts-stores.js';
import { type Accounts, openAccounts } from './accounts.js';
import { AdminToken } from './admin-token.js';
import type { Operation } from './operations.js';
import type { AccountsSchema, AccountsStore } from './schema.js';

/** What two nodes do at the same time over one store, each over its own connections. */
describeStores((newStore) => {
  let place: TestStore;
  let stores: readonly AccountsStore[];
  let one: Accounts;
  let other: Accounts;
  let operation: Operation;

  const open = (store: AccountsStore) =>
    openAccounts(store, Date.now, { alone: false, beat_ms: 0 }, () => undefined, {
      usage_days: 90,
      imports_days: 90,
    });
  const create = (node: Accounts, server: string, fields = {}) =>
    node.operations.create(newOperationSchema.parse({ server, name: server, ...fields }));

  beforeEach(async () => {
    place = await newStore();
    const [first, second] = [await place.open(), await place.open()];
    stores = [first, second];
    one = await open(first);
    other = await open(second);
    operation = await create(one, '7');
  });
  afterEach(async () => {
    await one.close();
    await other.close();
    await place.remove();
  });

  /** Done by both nodes at once, `times` times each. */
  const byBoth = <T>(times: number, work: (node: Accounts, nr: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: 2 * times }, (_, nr) => work(nr % 2 === 0 ? one : other, nr)));

  test('of operations with one server code one is created, and the others are told so', async () => {
    const ends = await Promise.allSettled(
      ['0042', '42', '042', '42'].map((server, nr) => create(nr % 2 === 0 ? one : other, server)),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) {
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ id: 'conflict' });
    }
  });

  test('operations of different codes are all created, each with a number of its own', async () => {
    const made = await byBoth(6, (node, nr) => create(node, `code${nr}`));
    expect(new Set(made.map(({ id }) => id)).size).toBe(12);
  });

  test('changes of an operation lose nothing of each other', async () => {
    const limits = ['max_rows', 'max_simultaneous', 'max_call_ms', 'calls_per_licence'] as const;
    await byBoth(2, (node, nr) =>
      node.operations.change('7', { limits: { [limits[nr] ?? '']: 1_000 + nr } }),
    );
    const changed = await one.operations.byServer('7');
    expect(limits.map((limit) => changed.limits[limit])).toEqual([1_000, 1_001, 1_002, 1_003]);
  });

  test('words that come at once are all kept', async () => {
    const word = (nr: number): OwnWordChange => ({ word: `END ${nr}`, trunk: '', result: 'no_answer' });
    await byBoth(5, (node, nr) => node.operations.keepWords(operation.id, [word(nr)]));
    expect((await other.operations.byServer('7')).words).toHaveLength(10);
  });

  test('nodes that start at once have one administrator’s token, which is announced once', async () => {
    const announced: string[] = [];
    const tokens = await Promise.all(
      stores.map((store) => AdminToken.open(store, undefined, (secret) => announced.push(secret))),
    );
    expect(announced).toHaveLength(1);
    expect(tokens.map((token) => token.matches(announced[0] ?? ''))).toEqual([true, true]);
  });

  /** Begins `work` while the other node has done `first` and not committed it yet. Then the other node commits. */
  async function meanwhile<T>(
    first: (tx: Transaction<AccountsSchema>) => Promise<unknown>,
    work: () => Promise<T>,
  ): Promise<T> {
    let under_way: Promise<T> | undefined;
    await stores[1]?.transaction().execute(async (tx) => {
      await first(tx);
      under_way = work();
      under_way.catch(() => undefined); // awaited below
      await sleep(100); // by now it waits
    });
    if (under_way === undefined) throw new Error('there is no other node');
    return under_way;
  }

  test('campaigns that are created have a number each, also beside one that an upload names', async () => {
    const { campaign_id } = await one.campaigns.create(operation.id, 'first', undefined);
    const named = { operation_id: operation.id, campaign_id: campaign_id + 1, created_at_ms: 0 };
    const made = await meanwhile(
      (tx) =>
        tx
          .insertInto('campaigns')
          .values({ ...named, name: 'named', type: null })
          .execute(),
      () => one.campaigns.create(operation.id, 'made', undefined),
    );
    expect(made.campaign_id).toBe(campaign_id + 2);
    const many = await byBoth(5, (node, nr) => node.campaigns.create(operation.id, `${nr}`, undefined));
    expect(new Set(many.map((campaign) => campaign.campaign_id)).size).toBe(10);
  });

  test('uploads that name the same campaigns in other orders wait for each other, and never in a circle', async () => {
    const ids = Array.from({ length: 500 }, (_, nr) => 1_000 + nr);
    await byBoth(4, (node, nr) => node.campaigns.ensure(operation.id, nr % 2 === 0 ? ids : ids.toReversed()));
    let campaigns = 0;
    for await (const part of one.campaigns.counts(operation.id)) campaigns += part;
    expect(campaigns).toBe(500);
  });

  test('versions of the same hours rise, in whatever order the hours are named', async () => {
    const hours = Array.from({ length: 300 }, (_, hour) => hour);
    const read = {
      operation_id: operation.id,
      campaign_id: 1,
      from_s: 0,
      until_s: 300 * 3_600,
      customers: true,
    };
    await byBoth(4, (node, nr) => {
      const own = new Set(nr % 2 === 0 ? hours : hours.toReversed());
      return node.dataVersions.raise(operation.id, { kind: 'attempts', hours: new Map([[1, own]]) });
    });
    await byBoth(4, (node) => node.dataVersions.raise(operation.id, { kind: 'customers', campaign_id: 1 }));
    expect((await one.dataVersions.of(read)).split(' ').slice(1)).toEqual(['2400', '8']);
  });

  test('an import that is taken back by several at once is noted once', async () => {
    const job = await one.imports.create(
      operation.id,
      { format: 'csv', format_reason: null, campaign_id: 1, time_zone: 'UTC', time_zone_from: 'operation' },
      { mapping: '', replaces: false },
    );
    await one.imports.progress(job, { state: 'done', reason: null, counts: job.counts }, []);
    const begun = await byBoth(4, (node, nr) => node.importUndos.begin(operation.id, job.id, `token ${nr}`));
    expect(begun.map(({ job: { state } }) => state)).toEqual(Array(8).fill('undoing'));
    expect(await other.audit.list(operation.id, undefined, 10)).toHaveLength(1);
  });

  test('numbers of deliveries and imports are given out once, whichever node gives them out', async () => {
    const firsts = await byBoth(8, (node) => node.numbers.deliveries(operation.id, 10));
    const sorted = firsts.sort((a, b) => a - b);
    for (const [at, first] of sorted.entries()) expect(first).toBe((sorted[0] ?? 0) + 10 * at);
    const imports = await byBoth(4, (node, nr) => node.numbers.import(operation.id, '', nr % 3 === 0));
    expect(imports.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('calls and slots are counted exactly, whichever node counts them', async () => {
    const limits = { calls_per_licence: 10, max_simultaneous: 3 };
    const small = await create(one, 'small', { licences: 1, limits });
    const { secret } = await one.tokens.create(small.id, {
      name: 't',
      scopes: ['report'],
      expires_at_ms: null,
    });
    const holder = await other.tokens.authenticate(secret);
    const ends = await Promise.allSettled(
      Array.from({ length: 20 }, (_, nr) => (nr % 2 === 0 ? one : other).calls.admit(holder)),
    );
    const told = ends.map((end) => (end.status === 'fulfilled' ? 'admitted' : end.reason.id));
    const count = (what: string) => told.filter((one_told) => one_told === what).length;
    expect([count('admitted'), count('too-many-simultaneous'), count('quota-exceeded')]).toEqual([3, 7, 10]);
    for (const end of ends) if (end.status === 'fulfilled') await end.value.release();
  });

  test('a day’s limit may be higher than the column of calls can hold', async () => {
    const large = await create(one, 'large', { licences: 100_000, limits: { calls_per_licence: 1_000_000 } });
    const { secret } = await one.tokens.create(large.id, {
      name: 't',
      scopes: ['report'],
      expires_at_ms: null,
    });
    const quota = await other.calls.count(await other.tokens.authenticate(secret));
    expect(quota.left).toBe(100_000 * 1_000_000 - 1);
  });

  test('a time zone that is given while it is mended stays', async () => {
    await meanwhile(
      (tx) => tx.updateTable('operations').set({ time_zone: 'Europe/Madrid' }).execute(),
      () => one.operations.mendTimeZones(() => 'America/Lima'),
    );
    expect((await one.operations.byServer('7')).time_zone).toBe('Europe/Madrid');
    await one.operations.mendTimeZones(() => 'America/Lima');
    expect((await one.operations.byServer('7')).time_zone).toBe('America/Lima');
  });

  test('nodes that do housekeeping at once do not hinder each other', async () => {
    const rows = Array.from({ length: 700 }, (_, nr) => ({
      id: `${nr}`,
      token_id: 't',
      node: 'n',
      expires_at_ms: nr,
    }));
    await stores[0]?.insertInto('leases').values(rows).execute();
    while ((await byBoth(1, (node) => node.housekeeping.turn())).includes(true));
    expect(await stores[1]?.selectFrom('leases').select('id').execute()).toEqual([]);
  });
});
