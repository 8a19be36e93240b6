import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeStores, type TestStore } from '../../test/servers/accounts-stores.js';
import { type Accounts, openAccounts } from './accounts.js';
import { askerKey, askingFor } from './asker.js';
import { WAITING_MAX } from './keys-under-way.js';
import { DEAD_AFTER_LOOKS, type NodeOptions } from './nodes.js';
import type { AccountsStore } from './schema.js';
import { takeOver } from './takeover.js';

const KEPT = { usage_days: 400, imports_days: 90 };
const BY_HAND = { alone: false, beat_ms: 0 };

let place: TestStore;
let db: AccountsStore;
let opened: Accounts[];
let told: string[];
let operation_id: number;
describeStores((newStore, engine) => {
  beforeEach(async () => {
    place = await newStore();
    db = await openStore();
    opened = [];
    told = [];
    const first = await openAccounts(await openStore(), Date.now, { alone: true }, () => undefined, KEPT);
    const profile = { code: 'number', empty_status: 404 } as const;
    const operation = { server: '1', name: 'x', licences: 1, time_zone: 'UTC', reply_profile: profile };
    operation_id = (await first.operations.create({ ...operation, limits: {} })).id;
    await first.stop();
    await first.close();
  });
  afterEach(async () => {
    for (const accounts of opened) await accounts.close();
    await place.remove();
  });

  function openStore(): Promise<AccountsStore> {
    return place.open();
  }

  async function start(options: NodeOptions = BY_HAND, now_ms: () => number = Date.now): Promise<Accounts> {
    const report = (message: string) => told.push(message);
    const accounts = await openAccounts(await openStore(), now_ms, options, report, KEPT);
    opened.push(accounts);
    return accounts;
  }

  /** Like a kill: the node is not heard of any more. */
  async function kill(accounts: Accounts): Promise<void> {
    opened.splice(opened.indexOf(accounts), 1);
    await accounts.close();
  }

  async function looks(accounts: Accounts, times: number): Promise<void> {
    for (let look = 0; look < times; look += 1) await accounts.nodes.look();
  }

  async function present(): Promise<string[]> {
    const rows = await db.selectFrom('nodes').select('id').orderBy('id').execute();
    return rows.map(({ id }) => id);
  }

  const ids = (...all: readonly Accounts[]) => all.map(({ nodes }) => nodes.id).sort();

  const IMPORT = {
    format: 'csv',
    format_reason: null,
    campaign_id: 1,
    time_zone: 'UTC',
    time_zone_from: 'operation',
  } as const;
  /** A delivery of an upload without a key. */
  const OF_NOTHING = { imports: [], claims: [] };
  const PLAIN = { mapping: '', replaces: false };
  const ALL = { campaign_id: undefined, from_s: 0, until_s: 3_600, customers: false };
  const version = (accounts: Accounts) => accounts.dataVersions.of({ operation_id, ...ALL });

  describe('who is dead', () => {
    test(`a node that stood still for ${DEAD_AFTER_LOOKS} looks after the first, and no earlier`, async () => {
      const [one, other] = [await start(), await start()];
      await looks(one, DEAD_AFTER_LOOKS);
      expect(await present()).toEqual(ids(one, other));
      await looks(one, 1);
      expect(await present()).toEqual(ids(one));
      expect(told).toEqual([`node ${other.nodes.id} is dead: what it had under way was taken over`]);
    });

    test('no node that beat in between, however seldom', async () => {
      const [one, other] = [await start(), await start()];
      for (let time = 0; time < 3; time += 1) {
        await looks(one, DEAD_AFTER_LOOKS);
        await looks(other, 1);
      }
      expect(await present()).toEqual(ids(one, other));
    });

    test('no node where all were frozen, whichever goes on first', async () => {
      const [one, other] = [await start(), await start()];
      for (const order of [
        [one, other],
        [other, one],
      ]) {
        for (let round = 0; round <= DEAD_AFTER_LOOKS; round += 1) {
          for (const node of order) await looks(node, 1);
        }
      }
      expect(await present()).toEqual(ids(one, other));
      expect(told).toEqual([]);
    });

    test('no node by looks from before the database was unreachable', async () => {
      const [one, other] = [await start(), await start()];
      await looks(one, DEAD_AFTER_LOOKS);
      await db.transaction().execute(async (tx) => {
        // Locks the row of its beats, and in SQLite the whole file.
        await tx.updateTable('nodes').set({ name: 'held' }).where('id', '=', one.nodes.id).execute();
        // PostgreSQL would end a transaction that stands still.
        const works = engine === 'server' ? sql`SELECT pg_sleep(3.5)`.execute(tx) : undefined;
        await expect(one.nodes.look()).rejects.toMatchObject({ why: 'busy' });
        await works;
      });
      await looks(one, DEAD_AFTER_LOOKS);
      expect(await present()).toEqual(ids(one, other));
      await looks(one, 1);
      expect(await present()).toEqual(ids(one));
    });

    test('a node that is watched by timers alone', async () => {
      const silent = await start();
      const one = await start({ alone: false, beat_ms: 1 });
      await new Promise<void>((resolve) => {
        one.nodes.whenTakenOver('the test', async () => resolve());
      });
      expect(await present()).not.toContain(silent.nodes.id);
    });

    test('all other nodes, for one that is alone, before it is open', async () => {
      const other = await start();
      const job = await other.imports.create(operation_id, IMPORT, PLAIN);
      await other.pendingDeliveries.add(operation_id, OF_NOTHING, Buffer.from('x'));
      const before = await version(other);
      const alone = await start({ alone: true });
      expect(await present()).toEqual(ids(alone));
      expect((await alone.imports.get(operation_id, job.id)).state).toBe('interrupted');
      expect(await alone.pendingDeliveries.own()).toHaveLength(1);
      expect(await version(alone)).not.toBe(before);
    });
  });

  describe('a takeover', () => {
    test('is done by one node where two look at the same time', async () => {
      const [one, other, dead] = [await start(), await start(), await start()];
      await dead.pendingDeliveries.add(operation_id, OF_NOTHING, Buffer.from('x'));
      let settled = 0;
      for (const { nodes } of [one, other]) {
        nodes.whenTakenOver('the test', async () => {
          settled += 1;
        });
      }
      for (let look = 0; look <= DEAD_AFTER_LOOKS; look += 1) {
        await Promise.all([one.nodes.look(), other.nodes.look()]);
      }
      expect(settled).toBe(1);
      expect(told).toHaveLength(1);
      const own = [...(await one.pendingDeliveries.own()), ...(await other.pendingDeliveries.own())];
      expect(own).toHaveLength(1);
    });

    test('is not done of a node that has beaten since it was seen', async () => {
      const [one, other] = [await start(), await start()];
      const job = await other.imports.create(operation_id, IMPORT, PLAIN);
      const before = await version(one);
      await looks(other, 1);
      expect(await takeOver(db, { id: other.nodes.id, beats: 0 }, one.nodes.id, 0)).toBe(false);
      // Nor of one that registers again.
      expect(await takeOver(db, { id: other.nodes.id, beats: undefined }, one.nodes.id, 0)).toBe(false);
      expect((await one.imports.get(operation_id, job.id)).state).toBe('running');
      expect(await version(one)).toBe(before);
    });

    test('leaves numbers above all that the dead node gave out', async () => {
      const [one, dead] = [await start(), await start()];
      const last = await dead.numbers.deliveries(operation_id);
      await kill(dead);
      await looks(one, DEAD_AFTER_LOOKS + 1);
      expect(await one.numbers.deliveries(operation_id)).toBeGreaterThan(last + 1_000_000);
    });

    test('is settled again until settling succeeds', async () => {
      const [one, dead] = [await start(), await start()];
      let tries = 0;
      const settled = new Promise<void>((resolve) => {
        one.nodes.whenTakenOver('the test', async () => {
          tries += 1;
          if (tries === 1) throw new Error('not now');
          resolve();
        });
      });
      await kill(dead);
      await looks(one, DEAD_AFTER_LOOKS + 1);
      await settled;
      expect(told).toContain('the test failed, and is tried again');
    });

    test('is settled for nobody, in the middle of whose work ever it is found out', async () => {
      const one = await start();
      const asked = new Promise<string>((resolve) => {
        one.nodes.whenTakenOver('the test', async () => resolve(askerKey()));
      });
      askingFor({ key: 'one' }, () => one.nodes.tookOver());
      expect(await asked).toBe(askerKey());
    });

    test('of undos and deliveries: a stop leaves them to nobody, and the next look takes them', async () => {
      const [one, other] = [await start(), await start()];
      const job = await other.imports.create(operation_id, IMPORT, PLAIN);
      await other.imports.progress(job, { state: 'done', reason: null, counts: job.counts }, []);
      await other.importUndos.begin(operation_id, job.id, 'admin');
      const delivery = await other.pendingDeliveries.add(operation_id, OF_NOTHING, Buffer.from('x'));
      const before = await version(one);
      await other.stop();
      expect(await present()).toEqual(ids(one));
      expect(await one.importUndos.begun()).toEqual([]);
      await looks(one, 1);
      expect((await one.importUndos.begun()).map((undo) => undo.job.id)).toEqual([job.id]);
      expect(await one.pendingDeliveries.own()).toEqual([
        { id: delivery, operation_id, imports: [], bytes: 1 },
      ]);
      // All its versions had risen: none has to rise again.
      expect(await version(one)).toBe(before);
    });
  });

  describe('a frozen node that goes on', () => {
    test('stores nothing of an upload whose key another node has meanwhile, nor of the uploads that it would be written with', async () => {
      const [one, frozen] = [await start(), await start()];
      const rows = Buffer.from('x');
      const brought = (...claims: number[]) =>
        frozen.pendingDeliveries.add(operation_id, { imports: [], claims }, rows);
      const stood_still = gate();
      const late = keyed(frozen, 'k', async (claim) => {
        await brought(claim);
        await stood_still.opened;
        await brought(claim);
        return { received: 1 };
      });
      const refused = expect(late).rejects.toMatchObject({ name: 'AccountsUnavailable', why: 'busy' });
      await untilUnderWay('k');
      await looks(one, DEAD_AFTER_LOOKS + 1);
      expect(await keyed(one, 'k', async () => ({ received: 2 }))).toEqual({ received: 2 });
      await looks(frozen, 1); // it is there again
      const beside = keyed(frozen, 'l', async (claim) => {
        await expect(brought(claim, claim + 1)).rejects.toMatchObject({ why: 'busy' });
        await brought(claim);
        return { received: 3 };
      });
      expect(await beside).toEqual({ received: 3 });
      stood_still.open();
      await refused;
      // What it had stored before it stood still went to the other node.
      expect(await one.pendingDeliveries.own()).toHaveLength(1);
      expect(await frozen.pendingDeliveries.own()).toHaveLength(1);
    });

    test('registers again, and what it began is another node’s', async () => {
      const [one, frozen] = [await start(), await start()];
      const job = await frozen.imports.create(operation_id, IMPORT, PLAIN);
      const delivery = await frozen.pendingDeliveries.add(operation_id, OF_NOTHING, Buffer.from('x'));
      await looks(one, DEAD_AFTER_LOOKS + 1);
      const { counts } = job;
      for (const state of ['running', 'done'] as const) {
        await expect(frozen.imports.progress(job, { state, reason: null, counts }, [])).rejects.toMatchObject(
          {
            name: 'ImportTakenOver',
          },
        );
      }
      await frozen.imports.fail(job, { state: 'failed', reason: 'x', counts }, []);
      expect(await one.imports.get(operation_id, job.id)).toMatchObject({ state: 'interrupted' });
      expect(await frozen.pendingDeliveries.done([delivery])).toEqual([delivery]);
      await frozen.pendingDeliveries.setAside(delivery, 'not its own');
      expect(await one.pendingDeliveries.aside()).toEqual({ entries: 0, bytes: 0 });
      await looks(frozen, 1);
      expect(await present()).toEqual(ids(one, frozen));
      expect(told.at(-1)).toContain(`node ${frozen.nodes.id} was taken for dead`);
    });

    test('answers its keyed upload, and the node that took the key meanwhile keeps it', async () => {
      const [one, frozen] = [await start(), await start()];
      const end = gate();
      const late = keyed(frozen, 'k', async () => {
        await end.opened;
        return { received: 1 };
      });
      await untilUnderWay('k');
      await looks(one, DEAD_AFTER_LOOKS + 1);
      expect(await keyed(one, 'k', async () => ({ received: 2 }))).toEqual({ received: 2 });
      end.open();
      expect(await late).toEqual({ received: 1 });
      for (const node of [one, frozen]) {
        expect(await keyed(node, 'k', async () => ({ received: 3 }))).toEqual({ received: 2 });
      }
    });

    test('frees no key that another node took meanwhile, where its upload fails', async () => {
      const [one, frozen] = [await start(), await start()];
      const end = gate();
      const late = keyed(frozen, 'k', () => end.opened.then(() => Promise.reject(new Error('no'))));
      await untilUnderWay('k');
      await looks(one, DEAD_AFTER_LOOKS + 1);
      const other_end = gate();
      const other = keyed(one, 'k', () => other_end.opened.then(() => ({ received: 2 })));
      await untilUnderWay('k');
      end.open();
      await expect(late).rejects.toThrow('no');
      const third = keyed(frozen, 'k', async () => ({ received: 3 }));
      other_end.open();
      expect([await other, await third]).toEqual([{ received: 2 }, { received: 2 }]);
    });

    test('owns what it begins before it registers again, and that is taken over where it dies then', async () => {
      const [one, frozen] = [await start(), await start()];
      await looks(one, DEAD_AFTER_LOOKS + 1);
      const job = await frozen.imports.create(operation_id, IMPORT, PLAIN);
      await looks(one, DEAD_AFTER_LOOKS);
      await frozen.imports.progress(job, { state: 'running', reason: null, counts: job.counts }, []);
      await kill(frozen);
      await looks(one, 1);
      expect(await one.imports.get(operation_id, job.id)).toMatchObject({ state: 'interrupted' });
      expect(await present()).toEqual(ids(one));
    });
  });

  describe('a key that another node has under way', () => {
    test('is answered as that node answers it, and another body is refused at once', async () => {
      const [one, other] = [await start(), await start()];
      const end = gate();
      const first = keyed(one, 'k', async () => {
        await end.opened;
        return { received: 1 };
      });
      await untilUnderWay('k');
      const second = keyed(other, 'k', async () => ({ received: 2 }));
      await expect(keyed(other, 'k', async () => ({ received: 3 }), 'g')).rejects.toMatchObject({
        id: 'conflict',
      });
      end.open();
      expect([await first, await second]).toEqual([{ received: 1 }, { received: 1 }]);
    });

    test('is free again where that node’s upload fails, and where the node dies', async () => {
      const [one, other, dead] = [await start(), await start(), await start()];
      const end = gate();
      const first = keyed(one, 'fails', () => end.opened.then(() => Promise.reject(new Error('no'))));
      keyed(dead, 'dies', () => new Promise(() => undefined)).catch(() => undefined);
      await untilUnderWay('fails');
      await untilUnderWay('dies');
      const seconds = ['fails', 'dies'].map((key) => keyed(other, key, async () => ({ received: 2 })));
      end.open();
      await expect(first).rejects.toThrow('no');
      expect(await seconds[0]).toEqual({ received: 2 });
      await kill(dead);
      await looks(one, DEAD_AFTER_LOOKS + 1);
      expect(await seconds[1]).toEqual({ received: 2 });
    });

    test(`is waited for by ${WAITING_MAX} at most, until they hang up`, async () => {
      const [one, other] = [await start(), await start()];
      const end = gate();
      const keys = Array.from({ length: WAITING_MAX + 1 }, (_, nr) => `k${nr}`);
      const firsts = keys.map((key) =>
        keyed(one, key, async () => {
          await end.opened;
          return { received: 1 };
        }),
      );
      for (const key of keys) await untilUnderWay(key);
      const gone = keys.map(() => new AbortController());
      const all = keys.map((key, at) =>
        keyed(other, key, async () => ({ received: 2 }), 'f', gone[at]?.signal),
      );
      const settled = Promise.allSettled(all);
      await expect(Promise.race(all)).rejects.toMatchObject({ id: 'unavailable' });
      for (const one of gone) one.abort(new Error('gone'));
      const messages = (await settled).map((one) => one.status === 'rejected' && one.reason.message);
      expect(messages.filter((message) => message === 'gone')).toHaveLength(WAITING_MAX);
      end.open();
      await Promise.all(firsts);
    });
  });

  test('of two nodes that take an import back at the same time one does, and the audit has one action', async () => {
    const [one, other] = [await start(), await start()];
    const job = await one.imports.create(operation_id, IMPORT, PLAIN);
    await one.imports.progress(job, { state: 'done', reason: null, counts: job.counts }, []);
    const begun = await Promise.all(
      [one, other].map(({ importUndos }) => importUndos.begin(operation_id, job.id, 'admin')),
    );
    expect(begun.map(({ is_own }) => is_own).sort()).toEqual([false, true]);
    expect(await db.selectFrom('audit').select('id').execute()).toHaveLength(1);
  });

  test('an undo that was begun again within the same millisecond is not ended by the earlier one', async () => {
    const one = await start(BY_HAND, () => 1_000_000);
    const job = await one.imports.create(operation_id, IMPORT, PLAIN);
    await one.imports.progress(job, { state: 'done', reason: null, counts: job.counts }, []);
    const first = await one.importUndos.begin(operation_id, job.id, 'admin');
    const [again] = await one.importUndos.again(operation_id, [job.number]);
    await one.importUndos.end(first.job);
    expect(await one.imports.get(operation_id, job.id)).toMatchObject({ state: 'undoing' });
    await one.importUndos.end(again?.job ?? first.job);
    expect(await one.imports.get(operation_id, job.id)).toMatchObject({ state: 'undone' });
    await one.importUndos.begin(operation_id, job.id, 'admin');
    for (const before of [first.job, again?.job ?? first.job]) await one.importUndos.end(before);
    expect(await one.imports.get(operation_id, job.id)).toMatchObject({ state: 'undoing' });
  });

  /** A gate: it is waited for until it is opened. */
  function gate(): { readonly opened: Promise<void>; open(): void } {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { opened, open: () => open() };
  }

  function keyed(
    accounts: Accounts,
    key: string,
    store: (claim: number) => Promise<{ received: number }>,
    fingerprint = 'f',
    hung_up = new AbortController().signal,
  ) {
    return accounts.idempotency.once({ operation_id, key, fingerprint }, store, hung_up);
  }

  async function untilUnderWay(key: string): Promise<void> {
    for (;;) {
      const row = await db
        .selectFrom('idempotency_keys')
        .select('node')
        .where('key', '=', key)
        .executeTakeFirst();
      if (row?.node) return;
      await setImmediate();
    }
  }
});
