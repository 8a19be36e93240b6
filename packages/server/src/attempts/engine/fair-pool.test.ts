import { describe, expect, test } from 'vitest';
import { FairPool } from './fair-pool.js';

/** Work that ends when told. */
function held() {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => done, end };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('FairPool', () => {
  test('one key never holds more than its share, and the rest stays free for others', async () => {
    const pool = new FairPool([1, 2, 3, 4], { max_per_key: 2 });
    const slow = held();
    const started: string[] = [];
    const greedy = Array.from({ length: 5 }, (_, i) =>
      pool.run('greedy', undefined, async () => {
        started.push(`greedy ${i}`);
        await slow.work();
      }),
    );
    await settle();
    expect(started).toEqual(['greedy 0', 'greedy 1']);
    await pool.run('modest', undefined, async () => {
      started.push('modest');
    });
    expect(started).toEqual(['greedy 0', 'greedy 1', 'modest']);
    slow.end();
    await Promise.all(greedy);
    expect(started).toHaveLength(6);
  });

  test('waiting keys take turns', async () => {
    const pool = new FairPool(['only'], { max_per_key: 1 });
    const first = held();
    const order: string[] = [];
    const all = [pool.run('a', undefined, first.work)];
    for (const key of ['a', 'a', 'b', 'c', 'b']) {
      all.push(
        pool.run(key, undefined, async () => {
          order.push(key);
        }),
      );
    }
    first.end();
    await Promise.all(all);
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b']);
  });

  test('who gives up waiting leaves the queue, and a failed work gives its session back', async () => {
    const pool = new FairPool(['only'], { max_per_key: 1 });
    const first = held();
    const running = pool.run('a', undefined, first.work);
    const controller = new AbortController();
    const waiting = pool.run('b', controller.signal, async () => 'never');
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    first.end();
    await running;
    await expect(pool.run('c', undefined, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    await expect(pool.run('d', undefined, async (session) => session)).resolves.toBe('only');
    await expect(pool.run('e', controller.signal, async () => 'never')).rejects.toThrow('gone');
  });
});
