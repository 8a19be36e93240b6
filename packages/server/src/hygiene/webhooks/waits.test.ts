import { expect, test } from 'vitest';
import { WAITS, waitAfter } from './waits.js';

test('waits double up to the longest, last for a day, and are rare from then on', () => {
  const waits: number[] = [];
  for (let failing_ms = 0; failing_ms < WAITS.retried_ms; ) {
    const wait_ms = waitAfter(waits.length + 1, failing_ms, WAITS);
    waits.push(wait_ms);
    failing_ms += wait_ms;
  }
  expect(waits.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000]);
  expect(waits.at(-1)).toBe(WAITS.longest_ms);
  expect(waits.length).toBeGreaterThan(25);
  expect(waitAfter(waits.length + 1, WAITS.retried_ms, WAITS)).toBe(WAITS.rare_ms);
  expect(waitAfter(100_000, 0, WAITS)).toBe(WAITS.longest_ms);
});
