import { expect, test } from 'vitest';
import { expiresAt, todayOf } from './expiry.js';

const BOGOTA = 'America/Bogota';
/** Nine in the evening of the 28th there, and the 29th in UTC. */
const NOW_MS = Date.parse('2026-11-29T02:00:00Z');

test('a token ends with a whole day of the operation', () => {
  expect(todayOf(BOGOTA, NOW_MS)).toBe('2026-11-28');
  expect(expiresAt('30', '', BOGOTA, NOW_MS)).toBe('2026-12-28T23:59:59-05:00');
  expect(expiresAt('day', '2026-11-28', BOGOTA, NOW_MS)).toBe('2026-11-28T23:59:59-05:00');
});

test('a day on which the clock changes has its own end', () => {
  expect(expiresAt('day', '2026-10-25', 'Europe/Madrid', NOW_MS)).toBe('2026-10-25T23:59:59+01:00');
});

test('never is never, and no day is no answer', () => {
  expect(expiresAt('never', '2026-11-28', BOGOTA, NOW_MS)).toBeNull();
  expect(expiresAt('day', '', BOGOTA, NOW_MS)).toBeUndefined();
});
