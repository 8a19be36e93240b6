import { expect, test } from 'vitest';
import { Pace } from './pace.js';

const BOUNDS = { silence_ms: 15_000, grace_ms: 15_000, least_bytes_per_s: 1_024, total_ms: 300_000 };

/** Looks every second: `seen` says how many bytes there are by then. @returns the second at which it is too slow */
function lateAt(
  seconds: number,
  seen: (at_s: number) => number,
  is_waited_for: (at_s: number) => boolean = () => true,
) {
  const pace = new Pace(BOUNDS, 0, 2_000);
  for (let at_s = 1; at_s <= seconds; at_s += 1) {
    if (pace.look(at_s * 1_000, seen(at_s), is_waited_for(at_s))) return at_s;
  }
  return undefined;
}

test('silence is 15 seconds without a byte, and one byte ends it', () => {
  expect(lateAt(60, () => 0)).toBe(15);
  const large = 2 ** 30;
  expect(lateAt(60, (at_s) => large + (at_s >= 20 ? 1 : 0))).toBe(16);
  expect(lateAt(44, (at_s) => large + Math.floor(at_s / 14))).toBeUndefined();
});

test('exactly the least rate passes, and one byte a second less does not', () => {
  expect(lateAt(299, (at_s) => 1_024 * at_s)).toBeUndefined();
  expect(lateAt(299, (at_s) => 1_023 * at_s)).toBe(15);
  expect(lateAt(299, (at_s) => (at_s < 10 ? 1 : 1_024 * 40 + at_s))).toBe(41);
});

test('the whole has a time limit, however fast it comes', () => {
  expect(lateAt(400, (at_s) => at_s * 1e6)).toBe(300);
});

test('no clock runs while somebody else is waited for, nor while the service was too busy to look', () => {
  expect(
    lateAt(
      10_000,
      () => 1,
      () => false,
    ),
  ).toBeUndefined();
  expect(
    lateAt(
      60,
      () => 0,
      (at_s) => at_s > 30,
    ),
  ).toBe(45);
  const pace = new Pace(BOUNDS, 0, 2_000);
  for (let looks = 1; looks <= 7; looks += 1) expect(pace.look(looks * 60_000, 0, true)).toBe(false);
  expect(pace.look(8 * 60_000, 0, true)).toBe(true);
});
