import { expect, test } from 'vitest';
import { labelStep, scaleOf, ticksFor } from './scale.js';

test.each([
  [
    [0, 873],
    [0, 200, 400, 600, 800, 1_000],
  ],
  [
    [3, 1, 2],
    [0, 1, 2, 3],
  ],
  [[0], [0, 1]],
  [[], [0, 1]],
  [
    [0.213, 0.187],
    [0, 0.05, 0.1, 0.15, 0.2, 0.25],
  ],
  [[0.3], [0, 0.1, 0.2, 0.3]],
  [
    [-40, 60],
    [-40, -20, 0, 20, 40, 60],
  ],
  [[1_000_000], [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]],
])('round values span %j', (numbers, ticks) => {
  expect(ticksFor(numbers)).toEqual(ticks);
});

test('every point has a place of the same width, and the ticks span the height', () => {
  const scale = scaleOf(340, 120, { top: 10, right: 0, bottom: 10, left: 40 }, 3, [0, 50, 100]);
  expect([scale.band, scale.x(0), scale.x(2)]).toEqual([100, 90, 290]);
  expect([scale.y(0), scale.y(50), scale.y(100)]).toEqual([110, 60, 10]);
});

test('labels that would touch are left out', () => {
  const days = Array.from({ length: 30 }, (_, day) => `Nov ${day + 1}`);
  expect(labelStep(days, 100)).toBe(1);
  const step = labelStep(days, 10);
  expect(step * 10).toBeGreaterThan('Nov 30'.length * 6);
  expect(labelStep([], 10)).toBeGreaterThan(0);
});
