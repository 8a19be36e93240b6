import { expect, test } from 'vitest';
import type { MinuteCounts } from './fault.js';
import { UsualShares } from './usual-shares.js';

const HOUR_S = 3_600;

function hour(at: number, attempts: number, congested: number, alive: number): MinuteCounts {
  const place = { minute_s: at * HOUR_S, trunk: 'sip-1', campaign_id: 1 };
  return { ...place, attempts, alive, invalid: 0, congested, failed: 0 };
}

function sharesOf(hours: readonly MinuteCounts[], operation?: { bad: number; alive: number }) {
  const usual = new UsualShares('congestion');
  for (const counts of hours) usual.add(counts);
  return usual.shares(operation);
}

test('what is usual is the median of the hours, which a fault of some of them does not change', () => {
  const hours = Array.from({ length: 20 }, (_, at) => hour(at, 100, at < 8 ? 90 : 5, at < 8 ? 3 : 40));
  expect(sharesOf(hours)).toEqual({ bad: 0.05, alive: 0.4 });
});

test('each hour counts as much as it has attempts', () => {
  const hours = [hour(1, 100, 50, 20), hour(2, 10, 0, 5), hour(3, 10, 0, 5), hour(4, 10, 0, 5)];
  expect(sharesOf(hours)).toEqual({ bad: 0.5, alive: 0.2 });
});

test('parts of one hour are one hour, and hours of fewer than five attempts say nothing', () => {
  expect(sharesOf([hour(1, 4, 4, 0), hour(2, 4, 4, 0)])).toEqual({ bad: 0, alive: 0 });
  expect(sharesOf([hour(1, 4, 4, 0), hour(1, 4, 0, 4)])).toEqual({ bad: 0.5, alive: 0.5 });
});

test('a place of few attempts is as the operation is; one of many is itself', () => {
  const operation = { bad: 0.1, alive: 0.5 };
  expect(sharesOf([], operation)).toEqual(operation);
  const of_thirty = sharesOf([hour(1, 30, 27, 0)], operation);
  expect(of_thirty.bad).toBeCloseTo(0.5, 10);
  expect(of_thirty.alive).toBeCloseTo(0.25, 10);
  expect(sharesOf([hour(1, 1e9, 5e8, 0)], operation).bad).toBeCloseTo(0.5, 6);
});

test('shares of nothing and of all', () => {
  expect(sharesOf([hour(1, 50, 50, 0)])).toEqual({ bad: 1, alive: 0 });
  expect(sharesOf([hour(1, 50, 0, 50)])).toEqual({ bad: 0, alive: 1 });
});
