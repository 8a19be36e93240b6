import { expect, test } from 'vitest';
import { backFrom } from './back.js';

test('a rule is applied at the first second of a day of the operation', () => {
  const now_ms = Date.parse('2026-11-29T03:00:00Z');
  expect(backFrom(14, 'America/Bogota', now_ms)).toEqual({
    day: '2026-11-14',
    as_of: '2026-11-14T00:00:00-05:00',
    until: '2026-11-28T23:59:59-05:00',
  });
});

test('its offset is that of then, where clocks have changed since', () => {
  const { as_of, until } = backFrom(30, 'Europe/Madrid', Date.parse('2026-11-10T12:00:00Z'));
  expect([as_of, until]).toEqual(['2026-10-11T00:00:00+02:00', '2026-11-10T23:59:59+01:00']);
});
