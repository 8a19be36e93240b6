import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { FairPool } from './fair-pool.js';
import { Refused } from './refused.js';

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

  test('a caller who gives up waiting leaves the queue, and failed work gives its session back', async () => {
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

  test('nothing listens any more to the signal of work that does not wait, whether it began at once, later, or never', async () => {
    const pool = new FairPool(['only'], { max_per_key: 1, max_waiting: 1 });
    const first = held();
    const { signal } = new AbortController();
    const running = pool.run('a', signal, first.work);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    const waiting = pool.run('a', signal, async () => 'waited', 'short');
    await expect(pool.run('b', signal, async () => 'never', 'short')).rejects.toThrow(Refused);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    first.end();
    await Promise.all([running, waiting]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('long work leaves sessions to short work, of its own key too, and short work overtakes it', async () => {
    const pool = new FairPool([1, 2, 3, 4, 5, 6], { max_per_key: 3, max_long: 4 });
    const slow = held();
    const started: string[] = [];
    const run = (name: string, key: string, lane: 'short' | 'long') =>
      pool.run(
        key,
        undefined,
        async () => {
          started.push(name);
          await slow.work();
        },
        lane,
      );
    const all = ['a', 'b', 'c'].flatMap((key) => [1, 2, 3].map((nr) => run(`${key} ${nr}`, key, 'long')));
    await settle();
    // Two of each key, four in all.
    expect(started).toEqual(['a 1', 'a 2', 'b 1', 'b 2']);
    all.push(run('a short', 'a', 'short'), run('c short', 'c', 'short'), run('b short', 'b', 'short'));
    await settle();
    expect(started.slice(4)).toEqual(['a short', 'c short']);
    slow.end();
    await Promise.all(all);
    expect(started).toHaveLength(12);
  });

  test('a key has one stream at once, and streams leave sessions to long work of others', async () => {
    const pool = new FairPool([1, 2, 3, 4, 5, 6], { max_per_key: 3, max_long: 4, max_streams: 2 });
    const slow = held();
    const started: string[] = [];
    const run = (name: string, key: string, lane: 'short' | 'long' | 'stream') =>
      pool.run(
        key,
        undefined,
        async () => {
          started.push(name);
          await slow.work();
        },
        lane,
      );
    const all = ['a', 'b', 'c'].flatMap((key) =>
      [1, 2].map((nr) => run(`${key} stream ${nr}`, key, 'stream')),
    );
    await settle();
    expect(started).toEqual(['a stream 1', 'b stream 1']);
    // One of a key's two long sessions may be a stream.
    for (const key of ['a', 'a', 'c', 'c']) all.push(run(`${key} long`, key, 'long'));
    await settle();
    expect(started.slice(2)).toEqual(['a long', 'c long']);
    for (const key of ['a', 'd']) all.push(run(`${key} short`, key, 'short'));
    await settle();
    expect(started.slice(4)).toEqual(['a short', 'd short']);
    slow.end();
    await Promise.all(all);
    expect(started).toHaveLength(12);
  });

  test('one caller more than may wait is refused at once; a place in the line that was left can be taken again', async () => {
    const pool = new FairPool(['only'], { max_per_key: 1, max_waiting: 1 });
    const first = held();
    const running = pool.run('a', undefined, first.work);
    const waiting = pool.run('a', undefined, async () => 'waited', 'short');
    const refused = pool.run('b', undefined, async () => 'never', 'short');
    await expect(refused).rejects.toThrow(Refused);
    first.end();
    await running;
    expect(await waiting).toBe('waited');
    expect(await pool.run('b', undefined, async () => 'later', 'short')).toBe('later');
  });

  test('a full line of one lane refuses nothing of the other, and never what has no lane', async () => {
    const pool = new FairPool(['only'], { max_per_key: 1, max_waiting: 1 });
    const first = held();
    const running = pool.run('a', undefined, first.work, 'long');
    const waiting = [
      pool.run('a', undefined, async () => 'long', 'long'),
      pool.run('b', undefined, async () => 'short', 'short'),
      pool.run('c', undefined, async () => 'own'),
      pool.run('d', undefined, async () => 'own too'),
    ];
    for (const lane of ['short', 'long'] as const) {
      await expect(pool.run('e', undefined, async () => 'never', lane)).rejects.toThrow(Refused);
    }
    first.end();
    await running;
    expect(await Promise.all(waiting)).toEqual(['long', 'short', 'own', 'own too']);
  });
});
