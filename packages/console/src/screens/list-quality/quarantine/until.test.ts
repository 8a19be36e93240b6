import { expect, test } from 'vitest';
import { firstDay, untilOf } from './until.js';

const NOW_MS = Date.parse('2026-11-30T03:00:00.400Z');
const BOGOTA = 'America/Bogota';

test('days are counted from now, by the operation’s clock', () => {
  expect(untilOf('30', '', BOGOTA, NOW_MS)).toBe('2026-12-29T22:00:00-05:00');
  expect(untilOf('never', '', BOGOTA, NOW_MS)).toBeNull();
});

test('a day of one’s own begins when the operation’s day begins', () => {
  expect(firstDay(BOGOTA, NOW_MS)).toBe('2026-11-30');
  expect(untilOf('day', '2026-12-24', BOGOTA, NOW_MS)).toBe('2026-12-24T00:00:00-05:00');
  // Clocks of Cairo skip midnight on that day.
  expect(untilOf('day', '2027-04-30', 'Africa/Cairo', NOW_MS)).toBe('2027-04-30T01:00:00+03:00');
});

test('a day that is past, half typed, or after 2100 is none', () => {
  expect(untilOf('day', '2026-11-29', BOGOTA, NOW_MS)).toBeUndefined();
  expect(untilOf('day', '', BOGOTA, NOW_MS)).toBeUndefined();
  expect(untilOf('day', '2101-01-01', BOGOTA, NOW_MS)).toBeUndefined();
});
