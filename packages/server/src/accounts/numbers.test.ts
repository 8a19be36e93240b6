import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeStores, type TestStore } from '../../test/servers/accounts-stores.js';
import { type Accounts, openAccounts } from './accounts.js';
import { FIRST_DELIVERY } from './numbers.js';

let place: TestStore;
let accounts: Accounts;
let operation_id: number;

async function open(): Promise<void> {
  const kept = { usage_days: 90, imports_days: 90 };
  accounts = await openAccounts(await place.open(), Date.now, { alone: true }, () => undefined, kept);
}

describeStores((newStore) => {
  beforeEach(async () => {
    place = await newStore();
    await open();
    const profile = { code: 'number', empty_status: 404 } as const;
    const operation = {
      server: '0042',
      name: 'x',
      licences: 1,
      time_zone: 'UTC',
      reply_profile: profile,
      limits: {},
    };
    operation_id = (await accounts.operations.create(operation)).id;
  });
  afterEach(async () => {
    await accounts.close();
    await place.remove();
  });

  test('each number is given out once and above those before it, also many at once and in ranges', async () => {
    const { numbers } = accounts;
    const counts = [1, 10_000, 1, 7, 1];
    const firsts = await Promise.all(counts.map((count) => numbers.deliveries(operation_id, count)));
    // Numbers that are given out at once have no order among themselves.
    const ranges = firsts.map((first, at) => ({ first, count: counts[at] ?? 0 }));
    let next = FIRST_DELIVERY + 1;
    for (const { first, count } of ranges.sort((a, b) => a.first - b.first)) {
      expect(first).toBe(next);
      next += count;
    }
    expect(await numbers.deliveries(operation_id)).toBe(next);
  });

  test('after a stop numbers go on, and after a kill above what may have been given out and forgotten', async () => {
    const last = await accounts.numbers.deliveries(operation_id);
    await accounts.stop();
    await accounts.close();
    await open();
    expect(await accounts.numbers.deliveries(operation_id)).toBe(last + 1);
    await accounts.close(); // without a clean stop
    await open();
    expect(await accounts.numbers.deliveries(operation_id)).toBeGreaterThan(last + 1_000_000);
  });

  test('a store that numbered by its clock goes on above its numbers, once', async () => {
    const { numbers } = accounts;
    expect(await numbers.haveBegun()).toBe(false);
    await numbers.beginAbove(1_790_000_000_000_000n);
    await numbers.beginAbove(1_890_000_000_000_000n);
    expect(await numbers.haveBegun()).toBe(true);
    expect(await numbers.deliveries(operation_id)).toBe(1_790_000_000_000_001);
  });

  test('imports of one mapping share a generation until one replaces, and have numbers of their own', async () => {
    const { numbers } = accounts;
    const plain = await numbers.import(operation_id, '', false);
    const mapped = await numbers.import(operation_id, 'm', false);
    const again = await numbers.import(operation_id, '', false);
    const upload = await numbers.deliveries(operation_id);
    const replacing = await numbers.import(operation_id, '', true);
    const after = await numbers.import(operation_id, '', false);
    expect([plain, mapped, again, replacing, after].map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(again.generation).toBe(plain.generation);
    expect(mapped.generation).toBeGreaterThan(plain.generation);
    expect(replacing.generation).toBeGreaterThan(upload);
    expect(after.generation).toBe(replacing.generation);
    expect(await numbers.generation(operation_id, '')).toBe(replacing.generation);
    expect(await numbers.generation(operation_id, 'm')).toBe(mapped.generation);
  });

  test('of a thousand mappings none is forgotten, and of one more the oldest', async () => {
    const { numbers } = accounts;
    const first = await numbers.generation(operation_id, 'mapping 1');
    await numbers.generation(operation_id, 'mapping 2');
    // The others have no order that counts.
    for (let at = 3; at <= 1_000; at += 8) {
      const nrs = Array.from({ length: Math.min(8, 1_001 - at) }, (_, nr) => at + nr);
      await Promise.all(nrs.map((nr) => numbers.generation(operation_id, `mapping ${nr}`)));
    }
    expect(await numbers.generation(operation_id, 'mapping 1')).toBe(first);
    const second = await numbers.generation(operation_id, 'mapping 2');
    await numbers.generation(operation_id, 'mapping 1001');
    expect(await numbers.generation(operation_id, 'mapping 2')).toBe(second);
    expect(await numbers.generation(operation_id, 'mapping 1')).toBeGreaterThan(first);
  }, 60_000);
});
