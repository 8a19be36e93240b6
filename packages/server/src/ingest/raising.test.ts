import { setImmediate } from 'node:timers/promises';
import { customerSchema } from '@recuento/contract';
import { expect, test } from 'vitest';
import type { Change } from '../accounts/data-versions.js';
import { CustomerStore } from '../attempts/customers.js';
import type { Engine, InsertRequest } from '../attempts/engine/engine.js';
import { DiskFull } from '../disk/disk-full.js';
import { raising } from './raising.js';

const OPTIONAL = Array.from({ length: 12 }, (_, nr) => `opt${nr + 1}`);
const failure = new Error('the engine failed');

const CHANGE = { kind: 'customers', campaign_id: 1 } as const;

/** Versions that record what was raised. */
function versions(error?: Error) {
  const raised: Change[] = [];
  return {
    raised,
    async raise(_operation_id: number, change: Change) {
      raised.push(change);
      if (error) throw error;
    },
  };
}

const engine = {
  asked: 0,
  async insert(_request: InsertRequest) {
    this.asked += 1;
    throw failure;
  },
  read: async () => Buffer.from('0\n'),
} as Pick<Engine, 'insert' | 'read'> & { asked: number } as Engine & { asked: number };

/** An attempt with long texts in its fields. */
const customer = customerSchema.parse({
  customer_id: '1',
  ...Object.fromEntries(OPTIONAL.map((name) => [name, 'x'.repeat(360)])),
});

test('a write is guarded by the bytes that it has, and one that is refused before it begins raises nothing', async () => {
  const asked: number[] = [];
  const full = new DiskFull('full');
  const store = new CustomerStore(
    engine,
    async () => 1,
    async (bytes) => {
      asked.push(bytes);
      throw full;
    },
  );
  const data = versions();
  await expect(
    raising(data, 1, CHANGE, (onBegin) => store.write(1, 1, [customer], setImmediate, onBegin)),
  ).rejects.toBe(full);
  expect([data.raised, engine.asked]).toEqual([[], 0]);
  expect(asked[0]).toBeGreaterThan(12 * 360);
});

test('a write that failed after it began raises the version, and the caller gets its failure', async () => {
  const store = new CustomerStore(
    engine,
    async () => 1,
    (_bytes, work) => work(),
  );
  for (const data of [versions(), versions(new Error('the accounts are full'))]) {
    await expect(
      raising(data, 1, CHANGE, (onBegin) => store.write(1, 1, [customer], setImmediate, onBegin)),
    ).rejects.toBe(failure);
    expect(data.raised).toEqual([CHANGE]);
  }
});

test('a version that cannot rise after a write fails the call: it may not be acknowledged', async () => {
  const full = new Error('the accounts are full');
  await expect(raising(versions(full), 1, CHANGE, async (onBegin) => onBegin())).rejects.toBe(full);
});
