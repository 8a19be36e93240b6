import { expect, test } from 'vitest';
import { couldAsWellBe, countedOf, lastsOf } from './figures.js';

test.each([
  [0.23, { count: 23, of: 100 }],
  [0.0385, { count: 4, of: 100 }],
  [0.0104, { count: 10, of: 1_000 }],
  [0.00104, { count: 10, of: 10_000 }],
  [0.00001, { count: 0, of: 10_000 }],
  [1, { count: 100, of: 100 }],
])('%d is said as %j', (share, counted) => {
  expect(countedOf(share)).toEqual(counted);
});

test.each([0, 1, 4, 9])(
  '%d events could as well have been so many: seen so few in one case of twenty',
  (count) => {
    const many = couldAsWellBe(count) ?? 0;
    expect(atMost(count, many)).toBeLessThanOrEqual(0.05);
    expect(atMost(count, many - 1)).toBeGreaterThan(0.05);
  },
);

test('of many events nothing is said about chance', () => {
  expect(couldAsWellBe(10)).toBeUndefined();
});

test('time is said in minutes, and from an hour and a half on in hours', () => {
  expect(lastsOf(2_882)).toEqual({ amount: 48, unit: 'minute' });
  expect(lastsOf(5_654)).toEqual({ amount: 2, unit: 'hour' });
});

/** The chance that a Poisson distribution with this mean gives at most `count`. */
function atMost(count: number, mean: number): number {
  let [term, sum] = [Math.exp(-mean), Math.exp(-mean)];
  for (let at = 1; at <= count; at += 1) {
    term *= mean / at;
    sum += term;
  }
  return sum;
}
