import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digits, firstInstant } from '../../test/model/wall-clock.js';
import { dayAt, instantOf, parseVendorDate, type WallTime } from './wall-clock.js';

const wall = (text: string): WallTime => {
  const parsed = parseVendorDate(text);
  if (!parsed) throw new Error(`${text} is no date`);
  return parsed;
};
const iso = (seconds: number) => new Date(seconds * 1_000).toISOString();

test.each([
  ['20260229000000', 'no such day'],
  ['20261301000000', 'no such month'],
  ['20260101240000', 'no hour 24'],
  ['20260101006000', 'no minute 60'],
  ['20260101000060', 'no leap second'],
  ['2026010100000', '13 digits'],
  ['202601010000000', '15 digits'],
  ['2026-01-01 00:00', 'other form'],
  ['٢٠٢٦٠١٠١٠٠٠٠٠٠', 'other digits'],
  ['', 'empty'],
])('%s is refused: %s', (text) => {
  expect(parseVendorDate(text)).toBeUndefined();
});

test('a leap day is a date', () => {
  expect(parseVendorDate('20280229235959')?.toString()).toBe('2028-02-29T23:59:59');
});

test('a wall time that comes twice means its first occurrence', () => {
  expect(iso(instantOf(wall('20261101013000'), 'America/New_York'))).toBe('2026-11-01T05:30:00.000Z');
});

test('a wall time that is skipped means the instant of the jump', () => {
  for (const skipped of ['20260308020000', '20260308023000', '20260308025959']) {
    expect(iso(instantOf(wall(skipped), 'America/New_York'))).toBe('2026-03-08T07:00:00.000Z');
  }
  expect(iso(instantOf(wall('20111230120000'), 'Pacific/Apia'))).toBe('2011-12-30T10:00:00.000Z');
});

test('agrees with a reading made from Intl alone, near clock changes and far from them', () => {
  const zones = [
    'America/Bogota',
    'America/New_York',
    'Europe/Madrid',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Africa/Casablanca',
  ];
  const year_2026_s = Date.UTC(2026, 0, 1) / 1_000;
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 365 * 86_400 }), (zone, offset_s) => {
      const wall_s = year_2026_s + offset_s;
      expect(instantOf(wall(digits(wall_s)), zone)).toBe(firstInstant(wall_s, zone));
    }),
    { numRuns: 2_000 },
  );
});

test("a day is the zone's, and its seconds run to the next midnight", () => {
  const noon_utc = Date.UTC(2026, 10, 3, 3, 0, 0);
  expect(dayAt(noon_utc, 'America/Bogota')).toEqual({ day: '2026-11-02', seconds_left: 2 * 3_600 });
  expect(dayAt(noon_utc, 'Europe/Madrid')).toEqual({ day: '2026-11-03', seconds_left: 20 * 3_600 });
  // The night on which clocks go forward at midnight: the next day begins at the jump.
  expect(dayAt(Date.UTC(2026, 8, 6, 3, 0, 0), 'America/Santiago').day).toBe('2026-09-05');
});

test.each([
  ['forward at midnight', Date.UTC(2026, 8, 6, 4)],
  ['back at midnight, so that the last hour comes twice', Date.UTC(2026, 3, 5, 3)],
])(
  'in whatever order days are asked for, each is the one that the zone shows: clocks go %s',
  (_, change_ms) => {
    const asked = fc.array(
      fc.tuple(fc.constantFrom(...ZONES_ASKED), fc.integer({ min: -3 * 86_400, max: 3 * 86_400 })),
    );
    fc.assert(
      fc.property(asked, (questions) => {
        for (const [zone, offset_s] of questions) {
          const now_ms = change_ms + offset_s * 1_000;
          const shown = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' });
          const { day, seconds_left } = dayAt(now_ms, zone);
          expect(day).toBe(shown.format(now_ms));
          expect(shown.format(now_ms + seconds_left * 1_000)).not.toBe(day);
          expect(shown.format(now_ms + (seconds_left - 1) * 1_000)).toBe(day);
        }
      }),
      { numRuns: 100 },
    );
  },
);

const ZONES_ASKED = ['America/Santiago', 'America/Bogota', 'UTC', 'Asia/Kolkata', 'Pacific/Auckland'];
