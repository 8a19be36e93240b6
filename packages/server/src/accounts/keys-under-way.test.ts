import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KeysUnderWay, WAITING_MAX } from './keys-under-way.js';

const upload = (fields: Partial<{ operation_id: number; key: string; fingerprint: string }> = {}) => ({
  operation_id: 1,
  key: 'k',
  fingerprint: 'f',
  ...fields,
});
const nobodyHangsUp = () => new AbortController().signal;

/** A `store` that ends when the test ends it. */
class Stores {
  readonly under_way: { done: (received: number) => void; fail: (error: Error) => void }[] = [];
  count = 0;
  readonly store = () => {
    this.count += 1;
    return new Promise<number>((done, fail) => {
      this.under_way.push({ done, fail });
    });
  };
}

test('four at once: one is stored, and all have its answer', async () => {
  const keys = new KeysUnderWay<number>();
  const stores = new Stores();
  const all = Array.from({ length: 4 }, () => keys.run(upload(), stores.store, nobodyHangsUp()));
  await setImmediate();
  expect([stores.count, keys.size]).toEqual([1, 4]);
  stores.under_way[0]?.done(7);
  expect(await Promise.all(all)).toEqual([7, 7, 7, 7]);
  expect([stores.count, keys.size]).toEqual([1, 0]);
});

test('when one fails it alone gets the failure, and the next in line is stored', async () => {
  const keys = new KeysUnderWay<number>();
  const stores = new Stores();
  const all = Array.from({ length: 4 }, () => keys.run(upload(), stores.store, nobodyHangsUp()));
  const settled = Promise.allSettled(all);
  for (const failure of ['first', 'second']) {
    await setImmediate();
    stores.under_way.at(-1)?.fail(new Error(failure));
    await setImmediate();
  }
  expect(stores.count).toBe(3);
  stores.under_way.at(-1)?.done(3);
  const outcomes = (await settled).map((one) =>
    one.status === 'fulfilled' ? one.value : one.reason.message,
  );
  expect(outcomes).toEqual(['first', 'second', 3, 3]);
  expect(keys.size).toBe(0);
});

test('another body is a conflict; other keys and operations do not wait', async () => {
  const keys = new KeysUnderWay<number>();
  const stores = new Stores();
  const first = keys.run(upload(), stores.store, nobodyHangsUp());
  await expect(keys.run(upload({ fingerprint: 'g' }), stores.store, nobodyHangsUp())).rejects.toMatchObject({
    id: 'conflict',
  });
  const others = [upload({ key: 'l', fingerprint: 'g' }), upload({ operation_id: 2, fingerprint: 'g' })];
  const all = [first, ...others.map((one) => keys.run(one, stores.store, nobodyHangsUp()))];
  expect(stores.count).toBe(3);
  for (const { done } of stores.under_way) done(1);
  await Promise.all(all);
  expect(keys.size).toBe(0);
});

test('who hangs up waits no more, and is passed over when the first fails', async () => {
  const keys = new KeysUnderWay<number>();
  const stores = new Stores();
  const gone = new AbortController();
  const first = keys.run(upload(), stores.store, nobodyHangsUp());
  const second = keys.run(upload(), stores.store, gone.signal);
  const third = keys.run(upload(), stores.store, nobodyHangsUp());
  const failed = expect(first).rejects.toThrow('no');
  gone.abort(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  await expect(keys.run(upload(), stores.store, gone.signal)).rejects.toThrow('gone');
  expect(keys.size).toBe(2);
  stores.under_way[0]?.fail(new Error('no'));
  await failed;
  await setImmediate();
  expect(stores.count).toBe(2);
  stores.under_way[1]?.done(5);
  expect(await third).toBe(5);
  expect(keys.size).toBe(0);
});

test(`${WAITING_MAX} of an operation wait, whatever their keys; one more is told so, and others' are not`, async () => {
  const keys = new KeysUnderWay<number>();
  const stores = new Stores();
  const run = (fields: Parameters<typeof upload>[0]) =>
    keys.run(upload(fields), stores.store, nobodyHangsUp());
  const all = [run({ key: 'a' }), run({ key: 'b' }), run({ operation_id: 2 })];
  for (let nr = 0; nr < WAITING_MAX; nr += 1) all.push(run({ key: nr % 2 === 0 ? 'a' : 'b' }));
  await expect(run({ key: 'a' })).rejects.toMatchObject({ id: 'unavailable' });
  all.push(run({ operation_id: 2 }));
  for (const { done } of stores.under_way) done(1);
  expect(await Promise.all(all)).toEqual(Array(WAITING_MAX + 4).fill(1));
  expect(keys.size).toBe(0);
});
