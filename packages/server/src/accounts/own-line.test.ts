import { expect, test } from 'vitest';
import { OwnLine } from './own-line.js';

/** Work that ends when it is told to. */
function heldWork(): {
  readonly work: () => Promise<string>;
  readonly end: () => void;
  isRunning: () => boolean;
} {
  let end = () => {};
  let is_running = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    is_running = true;
    await ended;
    return 'done';
  };
  return { work, end, isRunning: () => is_running };
}

const NEVER_MS = 2 ** 31 - 1;
/** Everything that can happen by itself has. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('of one key so many go on at once, in the order in which they came, and others are not held up', async () => {
  const line = new OwnLine({ at_once: 2, wait_ms: NEVER_MS });
  const held = Array.from({ length: 4 }, heldWork);
  const ended = held.map(({ work }) => line.run(1, work));
  const running = () => held.map(({ isRunning }) => isRunning());
  await settled();
  expect(running()).toEqual([true, true, false, false]);
  await expect(line.run(2, async () => 'another')).resolves.toBe('another');
  held[1]?.end();
  await settled();
  expect(running()).toEqual([true, true, true, false]);
  for (const { end } of held) end();
  await expect(Promise.all(ended)).resolves.toEqual(['done', 'done', 'done', 'done']);
});

test('what fails gives its turn on, and who waits too long is told so and takes nobody’s turn', async () => {
  const line = new OwnLine({ at_once: 1, wait_ms: 10 });
  const first = heldWork();
  const running = line.run(1, async () => {
    await first.work();
    throw new Error('its own');
  });
  await expect(line.run(1, async () => 'late')).rejects.toMatchObject({
    name: 'AccountsUnavailable',
    why: 'busy',
  });
  first.end();
  await expect(running).rejects.toThrow('its own');
  await expect(line.run(1, async () => 'next')).resolves.toBe('next');
});
