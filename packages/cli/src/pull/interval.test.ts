import { expect, test } from 'vitest';
import { interval } from './interval.js';

test.each([
  ['5m', 300_000],
  ['1s', 1_000],
  ['24h', 86_400_000],
  ['90s', 90_000],
])('%s is %i ms', (text, every_ms) => {
  expect(interval(text)).toBe(every_ms);
});

test.each(['0s', '25h', '5', 'm', '5 m', '-5m', '5d', ''])('%j is no interval', (text) => {
  expect(() => interval(text)).toThrow(/5m/);
});
