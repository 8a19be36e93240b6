import { expect, test } from 'vitest';
import { Rates } from './rates.js';

test('a rate is drawn towards the wider one, the less the more is known', () => {
  const rates = new Rates(2);
  expect(rates.rate(0, 0.1, 30)).toBeCloseTo(0.1, 12);
  rates.add(0, 30, 15);
  expect(rates.rate(0, 0.1, 30)).toBeCloseTo(0.3, 12);
  rates.add(0, 1e6, 5e5);
  expect(rates.rate(0, 0.1, 30)).toBeCloseTo(0.5, 4);
  expect(rates.rate(1, 0.1, 30)).toBeCloseTo(0.1, 12);
  expect(rates.weight(0)).toBe(1_000_030);
  expect(rates.total()).toEqual({ events: 500_015, weight: 1_000_030 });
  rates.clear();
  expect(rates.total()).toEqual({ events: 0, weight: 0 });
});

test('a place is as the wider one until it differs by more than chance brings', () => {
  // Of a hundred, ten are expected, and one deviation is the root of eleven.
  const rateOf = (events: number) => {
    const rates = new Rates(1);
    rates.add(0, 100, events);
    return rates.rateIfOther(0, 0.1, 100, 3);
  };
  expect(rateOf(10)).toBe(0.1);
  expect(rateOf(19)).toBe(0.1);
  expect(rateOf(20)).toBeCloseTo(0.15, 12);
  expect(rateOf(1)).toBe(0.1);
  expect(rateOf(0)).toBeCloseTo(0.05, 12);
  expect(new Rates(1).rateIfOther(0, 0.1, 100, 3)).toBe(0.1);
});
