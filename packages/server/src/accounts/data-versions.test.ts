import fc from 'fast-check';
import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeStores, type TestStore } from '../../test/servers/accounts-stores.js';
import { type Change, DataVersions, type Read, raiseAll } from './data-versions.js';
import { migrateAccounts } from './migrate.js';
import type { AccountsDatabase } from './schema.js';

let place: TestStore;
let db: AccountsDatabase;
/** The data versions of two processes over one store. */
let nodes: readonly DataVersions[];
let operations = 0;
describeStores((newStore) => {
  beforeAll(async () => {
    place = await newStore();
    db = await place.open();
    await migrateAccounts(db);
    nodes = [new DataVersions(db), new DataVersions(await place.open())];
  });
  afterAll(() => place.remove());

  const HOUR_S = 3_600;
  const campaign_id = fc.integer({ min: 1, max: 3 });
  const hour = fc.nat(5);

  type Hours = [campaign_id: number, hour: number][];
  const change: fc.Arbitrary<Hours | Change> = fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.tuple(campaign_id, hour), { minLength: 1, maxLength: 4 }) },
    fc.record({ kind: fc.constant('customers' as const), campaign_id }),
    fc.record({ kind: fc.constant('anything' as const) }),
  );

  const question = fc
    .record({
      campaign_id: fc.option(campaign_id, { nil: undefined }),
      from_s: fc.nat(6 * HOUR_S),
      seconds: fc.integer({ min: 1, max: 3 * HOUR_S }),
      customers: fc.boolean(),
    })
    .map(({ seconds, ...rest }) => ({ ...rest, until_s: rest.from_s + seconds }));

  /** Whether the change may show in what is read, to the hour. */
  function shows(changed: Hours | Change, read: Omit<Read, 'operation_id'>): boolean {
    const ofCampaign = (id: number) => read.campaign_id === undefined || read.campaign_id === id;
    if (Array.isArray(changed)) {
      return changed.some(
        ([id, at]) => ofCampaign(id) && at * HOUR_S < read.until_s && (at + 1) * HOUR_S > read.from_s,
      );
    }
    if (changed.kind === 'customers') return read.customers && ofCampaign(changed.campaign_id);
    return true;
  }

  function asChange(changed: Hours | Change): Change {
    if (!Array.isArray(changed)) return changed;
    const hours = new Map<number, Set<number>>();
    for (const [id, at] of changed) hours.set(id, (hours.get(id) ?? new Set()).add(at));
    return { kind: 'attempts', hours };
  }

  test('what is read gets another version after a change that may show in it, and keeps its version after any other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(change, fc.nat(1)), { maxLength: 8 }),
        fc.array(question, { minLength: 1, maxLength: 4 }),
        async (changes, questions) => {
          operations += 1;
          const operation_id = operations;
          const versions = questions.map(() => new Set<string>());
          const look = async (at: number, node: number) =>
            (await nodes[node]?.of({ ...(questions[at] as Read), operation_id })) ?? '';
          for (const [at, seen] of versions.entries()) seen.add(await look(at, 0));
          for (const [changed, node] of changes) {
            await nodes[node]?.raise(operation_id, asChange(changed));
            for (const [at, asked] of questions.entries()) {
              const seen = versions[at] ?? new Set();
              const size = seen.size;
              // Read by the other node; and never a version that was seen before.
              seen.add(await look(at, 1 - node));
              expect(seen.size - size).toBe(shows(changed, asked as Read) ? 1 : 0);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test('an operation’s changes are its own', async () => {
    const read = { operation_id: 1_001, campaign_id: undefined, from_s: 0, until_s: HOUR_S, customers: true };
    const before = await nodes[0]?.of(read);
    for (const changed of [[[1, 0]] satisfies Hours, { kind: 'customers', campaign_id: 1 } as const]) {
      await nodes[0]?.raise(1_002, asChange(changed));
    }
    await nodes[0]?.raise(1_002, { kind: 'anything' });
    expect(await nodes[0]?.of(read)).toBe(before);
  });

  /** Stands between the service and its database: holds up the answer to a write, or lets a write never arrive. */
  class Way implements KyselyPlugin {
    back: Promise<void> = Promise.resolve();
    is_broken = false;

    transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
      if (this.is_broken && node.kind === 'InsertQueryNode') throw new Error('broken');
      return node;
    }

    async transformResult<T extends { numAffectedRows?: bigint }>({ result }: { result: T }): Promise<T> {
      if (result.numAffectedRows !== undefined) await this.back;
      return result;
    }
  }

  test('a rise that fails while another one is under way is still owed', async () => {
    const read = {
      operation_id: 1_003,
      campaign_id: undefined,
      from_s: 0,
      until_s: HOUR_S,
      customers: false,
    };
    const way = new Way();
    const versions = new DataVersions(db.withPlugin(way));
    const at_first = await versions.of(read);
    let turn = () => {};
    way.back = new Promise((resolve) => {
      turn = resolve;
    });
    const rising = versions.raise(1_003, { kind: 'anything' });
    let seen = at_first;
    while (seen === at_first) seen = await versions.of(read);
    way.is_broken = true;
    await expect(versions.raise(1_003, asChange([[1, 0]]))).rejects.toThrow('broken');
    way.is_broken = false;
    turn();
    await rising;
    expect(await versions.of(read)).not.toBe(seen);
  });

  test('accounts restored from a copy give no version that was given after the copy was made', async () => {
    const read = { operation_id: 1, campaign_id: undefined, from_s: 0, until_s: HOUR_S, customers: false };
    const seen: string[] = [];
    for (const _ of ['the life', 'the copy']) {
      const copy = await newStore();
      const store = await copy.open();
      await migrateAccounts(store);
      await store.insertInto('operations').values(OPERATION).execute();
      const versions = new DataVersions(store);
      await raiseAll(store); // as after a kill
      await versions.raise(1, asChange([[1, 0]]));
      seen.push(await versions.of(read));
      await copy.remove();
    }
    expect(seen[0]).not.toBe(seen[1]);
  });

  const OPERATION = {
    id: 1,
    server: 'a',
    name: 'a',
    licences: 1,
    time_zone: 'UTC',
    reply_code: 'number',
    reply_empty_status: 404,
    limits: '{}',
    created_at_ms: 0,
    has_customers: 0,
  };
});
