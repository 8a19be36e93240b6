import { MAX_WEBHOOKS } from '@recuento/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeStores, planOf, type TestStore } from '../../test/servers/accounts-stores.js';
import { type Accounts, openAccounts } from './accounts.js';
import { DEAD_AFTER_LOOKS } from './nodes.js';
import type { Sending, Webhook } from './webhooks.js';

const KEPT = { usage_days: 400, imports_days: 90 };
const BY_HAND = { alone: false, beat_ms: 0 };
const EVENTS = ['hygiene.changes', 'alarms'] as const;

let place: TestStore;
let opened: Accounts[];
let now_ms: number;
let one: Accounts;
let operation_id: number;
describeStores((newStore, engine) => {
  beforeEach(async () => {
    place = await newStore();
    opened = [];
    now_ms = Date.UTC(2026, 10, 28);
    one = await start();
    operation_id = await newOperation('1');
  });
  afterEach(async () => {
    for (const accounts of opened) await accounts.close();
    await place.remove();
  });

  async function start(): Promise<Accounts> {
    const accounts = await openAccounts(
      await place.open(),
      () => now_ms,
      BY_HAND,
      () => undefined,
      KEPT,
    );
    opened.push(accounts);
    return accounts;
  }

  async function newOperation(server: string): Promise<number> {
    const profile = { code: 'number', empty_status: 404 } as const;
    const settings = { name: 'x', licences: 1, time_zone: 'UTC', reply_profile: profile, limits: {} };
    return (await one.operations.create({ server, ...settings })).id;
  }

  function create(accounts = one, operation = operation_id): Promise<Webhook> {
    now_ms += 1; // ids sort by their millisecond
    const input = { url: 'https://receiver.example/', events: EVENTS, secret: 'whsec_x' };
    return accounts.webhooks.create(operation, input, 'admin');
  }

  const sending = (count = 3): Sending => ({ event: 'alarms', count, since_ms: now_ms });

  async function dueOf(accounts: Accounts): Promise<string[]> {
    return (await accounts.webhookDeliveries.due(100)).map(({ id }) => id);
  }

  /** The webhook, which has to be this node's. */
  async function ownOf(accounts: Accounts, { id }: Webhook): Promise<Webhook> {
    const webhook = await accounts.webhookDeliveries.own(id);
    if (!webhook) throw new Error('it is not this node’s');
    return webhook;
  }

  async function die(dead: Accounts, survivor: Accounts): Promise<void> {
    for (let look = 0; look <= DEAD_AFTER_LOOKS; look += 1) await survivor.nodes.look();
    opened.splice(opened.indexOf(dead), 1);
    await dead.close();
  }

  describe('what people see', () => {
    test('they are listed oldest first, each for its operation alone, and the audit says who made them', async () => {
      const other = await newOperation('2');
      const made = [await create(), await create(), await create(one, other)];
      expect(await one.webhooks.list(operation_id)).toEqual(made.slice(0, 2));
      const [first, , theirs] = made.map(({ id }) => id);
      if (first === undefined || theirs === undefined) throw new Error('none was made');
      await expect(one.webhooks.get(operation_id, theirs)).rejects.toMatchObject({ id: 'unknown-resource' });
      await expect(one.webhooks.remove(operation_id, theirs, 'x')).rejects.toMatchObject({
        id: 'unknown-resource',
      });
      await one.webhooks.remove(operation_id, first, 'token');
      expect(await one.webhooks.list(operation_id)).toEqual(made.slice(1, 2));
      expect(await one.webhooks.list(other)).toHaveLength(1);
      const audit = await one.audit.list(operation_id, undefined, 100);
      const told = audit.map(({ action, by, subject }) => [action, by, subject]);
      expect(told).toContainEqual(['webhook.delete', 'token', first]);
      expect(told.filter(([action]) => action === 'webhook.create')).toHaveLength(2);
    });

    test(`an operation has ${MAX_WEBHOOKS} at most, also when they are created at once`, async () => {
      for (let count = 1; count < MAX_WEBHOOKS; count += 1) await create();
      const made = await Promise.allSettled([create(), create(), create()]);
      const refused = made.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(2);
      for (const refusal of refused) expect(refusal).toMatchObject({ reason: { id: 'conflict' } });
      await create(one, await newOperation('2'));
      const [first] = await one.webhooks.list(operation_id);
      await one.webhooks.remove(operation_id, first?.id ?? '', 'x');
      await create();
    });
  });

  describe('what is due', () => {
    test('rests until its time, or until there may be more', async () => {
      const webhook = await create();
      expect(await dueOf(one)).toEqual([webhook.id]);
      await one.webhookDeliveries.rest(webhook, 1_000);
      expect(await dueOf(one)).toEqual([]);
      now_ms += 1_000;
      expect(await dueOf(one)).toEqual([webhook.id]);
      await one.webhookDeliveries.rest(webhook, 1_000);
      await one.webhookDeliveries.ask(operation_id);
      expect(await dueOf(one)).toEqual([webhook.id]);
    });

    test('does not rest where more came since it was read', async () => {
      const webhook = await create();
      await one.webhookDeliveries.ask(operation_id);
      await one.webhookDeliveries.rest(webhook, 1_000);
      expect(await dueOf(one)).toEqual([webhook.id]);
    });

    test('what fails waits although there is more, until somebody wakes it', async () => {
      const webhook = await create();
      await one.webhookDeliveries.failed(webhook, { failure: 'status', status: 500 }, 5_000);
      await one.webhookDeliveries.ask(operation_id);
      expect(await dueOf(one)).toEqual([]);
      await one.webhookDeliveries.wake(webhook.id);
      expect(await dueOf(one)).toEqual([webhook.id]);
    });

    test('another node has its own, and tells the first that there is more', async () => {
      const webhook = await create();
      const other = await start();
      await one.webhookDeliveries.rest(webhook, 1_000);
      expect(await dueOf(other)).toEqual([]);
      await other.webhookDeliveries.ask(operation_id);
      expect([await dueOf(one), await dueOf(other)]).toEqual([[webhook.id], []]);
    });

    test('is found by an index', async () => {
      const db = await place.open();
      const plan = await planOf(
        db,
        engine,
        "SELECT id, operation_id FROM webhooks WHERE node = 'x' AND next_try_ms <= 5 ORDER BY next_try_ms, id",
      );
      expect(plan.indexes, plan.text).toContain('webhooks_by_node');
      expect(plan.read_whole, plan.text).toEqual([]);
    });
  });

  describe('positions', () => {
    test('move kind by kind, behind what was delivered', async () => {
      const webhook = await create();
      expect(await one.webhookDeliveries.begin(webhook, sending())).toBe(true);
      const begun = await ownOf(one, webhook);
      expect(begun).toMatchObject({ sending: sending(), positions: {} });
      expect(await one.webhookDeliveries.delivered(begun, sending(), 'a')).toBe(true);
      const first = await ownOf(one, webhook);
      expect(first).toMatchObject({
        positions: { alarms: 'a' },
        sending: undefined,
        last_success_ms: now_ms,
      });
      const change = { event: 'hygiene.changes', count: 1, since_ms: now_ms } as const;
      await one.webhookDeliveries.begin(first, change);
      await one.webhookDeliveries.delivered(await ownOf(one, webhook), change, 'b');
      const both = { alarms: 'a', 'hygiene.changes': 'b' };
      expect(await ownOf(one, webhook)).toMatchObject({ positions: both });
    });

    test('stay where a post failed, which is repeated as it was', async () => {
      const webhook = await create();
      await one.webhookDeliveries.begin(webhook, sending());
      const began_ms = now_ms;
      for (const failures of [1, 2]) {
        now_ms += 1_000;
        const failure = { failure: 'status', status: 503 } as const;
        await one.webhookDeliveries.failed(await ownOf(one, webhook), failure, 5_000);
        expect(await ownOf(one, webhook)).toMatchObject({
          positions: {},
          sending: { count: 3, since_ms: began_ms },
          failures,
          failing_since_ms: began_ms + 1_000,
          next_try_ms: now_ms + 5_000,
          last_failure: { at_ms: now_ms, ...failure },
        });
      }
      // Nothing else is begun meanwhile.
      expect(await one.webhookDeliveries.begin(webhook, sending(9))).toBe(false);
      const repeated = { ...sending(), since_ms: began_ms };
      await one.webhookDeliveries.delivered(await ownOf(one, webhook), repeated, 'a');
      expect(await ownOf(one, webhook)).toMatchObject({ failures: 0, failing_since_ms: null });
      expect((await ownOf(one, webhook)).last_failure).not.toBeNull();
    });
  });

  describe('nodes', () => {
    test('a dead node’s webhooks are the next one’s, which repeats its post', async () => {
      const [webhook, other] = [await create(), await start()];
      await one.webhookDeliveries.begin(webhook, sending());
      await die(one, other);
      expect(await dueOf(other)).toEqual([webhook.id]);
      expect(await ownOf(other, webhook)).toMatchObject({ sending: sending() });
    });

    test('a node that was only frozen moves nothing any more', async () => {
      const [webhook, other] = [await create(), await start()];
      await one.webhookDeliveries.begin(webhook, sending());
      const frozen = await ownOf(one, webhook);
      for (let look = 0; look <= DEAD_AFTER_LOOKS; look += 1) await other.nodes.look();
      expect(await one.webhookDeliveries.delivered(frozen, sending(), 'a')).toBe(false);
      await one.webhookDeliveries.failed(frozen, { failure: 'reset', status: null }, 5_000);
      await one.webhookDeliveries.rest(frozen, 5_000);
      expect(await one.webhookDeliveries.begin({ ...frozen, sending: undefined }, sending())).toBe(false);
      await one.nodes.look(); // it registers again
      expect(await one.webhookDeliveries.own(webhook.id)).toBeUndefined();
      expect(await dueOf(one)).toEqual([]);
      expect(await ownOf(other, webhook)).toMatchObject({ positions: {}, failures: 0, next_try_ms: 0 });
    });

    test('after a stop in order they are the next node’s that looks', async () => {
      const [webhook, other] = [await create(), await start()];
      await one.stop();
      expect(await dueOf(other)).toEqual([]);
      await other.nodes.look();
      expect(await dueOf(other)).toEqual([webhook.id]);
    });
  });
});
