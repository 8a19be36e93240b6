import { expect, test } from 'vitest';
import { RecentPace } from './recent-pace.js';

const SPAN_MS = 60_000;

/** Looks once a second, and says after how many seconds it was first too slow. */
function firstSlow(
  seconds: number,
  bytesAt: (s: number) => number,
  turnAt: (s: number) => boolean = () => true,
) {
  const pace = new RecentPace(SPAN_MS, 1_024, 0);
  let seen = 0;
  for (let s = 1; s <= seconds; s += 1) {
    seen += bytesAt(s);
    if (pace.look(s * 1_000, seen, turnAt(s))) return s;
  }
  return undefined;
}

test('a byte now and then is too slow when a minute has gone by, and not before', () => {
  expect(firstSlow(600, (s) => (s % 59 === 0 ? 1 : 0))).toBe(60);
});

test('as much as is required is enough, and one byte less is not', () => {
  expect(firstSlow(600, () => 1_024)).toBeUndefined();
  expect(firstSlow(600, (s) => (s === 100 ? 1_023 : 1_024))).toBe(100);
});

test('what came long ago counts no more', () => {
  expect(firstSlow(600, (s) => (s === 1 ? 1_000_000_000 : 0))).toBe(61);
});

test('while it is not the sender’s turn no time goes by', () => {
  expect(
    firstSlow(
      600,
      () => 0,
      (s) => s > 500,
    ),
  ).toBe(560);
});
