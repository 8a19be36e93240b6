import { expect, test } from 'vitest';
import { ticksUpTo } from './scale.js';

test.each([
  [4, [0, 1, 2, 3, 4]],
  [5, [0, 2, 4, 6]],
  [0.0389, [0, 0.01, 0.02, 0.03, 0.04]],
  [0.57, [0, 0.2, 0.4, 0.6]],
  [617, [0, 200, 400, 600, 800]],
  [0, [0, 1]],
])('an axis up to %d has lines at %j', (most, ticks) => {
  expect(ticksUpTo(most)).toEqual(ticks);
});
