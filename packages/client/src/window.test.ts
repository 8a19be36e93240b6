import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSeconds, parseWallTime, secondsBetween, type WallTime } from './wall-time.js';
import { cutRange, halve, hasBegun, isOver } from './window.js';

/** Some years with a leap day, second by second. */
const moments = fc
  .integer({ min: Date.UTC(2023, 0, 1) / 1_000, max: Date.UTC(2028, 11, 31) / 1_000 })
  .map((seconds) => addSeconds(parseWallTime('1970-01-01', 'from'), seconds));
const ranges = fc
  .tuple(moments, fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 400 * 86_400 })))
  .map(([date_ini, seconds]) => ({ date_ini, date_end: addSeconds(date_ini, seconds) }));

test('windows cover their range, each second once, and each passes where 31 calendar days may', () => {
  fc.assert(
    fc.property(ranges, fc.integer({ min: 1, max: 31 }), (range, window_days) => {
      const windows = cutRange(range, window_days);
      expect(windows[0]?.date_ini).toBe(range.date_ini);
      expect(windows.at(-1)?.date_end).toBe(range.date_end);
      for (const [at, { date_ini, date_end }] of windows.entries()) {
        expect(date_ini <= date_end).toBe(true);
        // The API's rule: date_end < date_ini + 31 calendar days.
        expect(secondsBetween(date_ini, date_end)).toBeLessThan(window_days * 86_400);
        const next = windows[at + 1];
        if (!next) continue;
        expect(date_end).toMatch(/235959$/);
        expect(secondsBetween(date_end, next.date_ini)).toBe(1);
      }
    }),
  );
});

test('halves cover their window, each second once, down to a single second', () => {
  fc.assert(
    fc.property(ranges, (window) => {
      const halves = halve(window);
      if (!halves) {
        expect(window.date_ini).toBe(window.date_end);
        return;
      }
      const [first, second] = halves;
      expect(first.date_ini).toBe(window.date_ini);
      expect(second.date_end).toBe(window.date_end);
      expect(secondsBetween(first.date_end, second.date_ini)).toBe(1);
      for (const half of halves) expect(half.date_ini <= half.date_end).toBe(true);
    }),
  );
});

const time = (text: string): WallTime => parseWallTime(text, 'from');

test('a window is over when its last second has passed at UTC-12, and has begun when its first is there at UTC+14', () => {
  const day = { date_ini: time('2026-11-03'), date_end: time('20261103235959') };
  const over_ms = Date.UTC(2026, 10, 4, 12);
  expect([isOver(day, over_ms - 1), isOver(day, over_ms)]).toEqual([false, true]);
  const begun_ms = Date.UTC(2026, 10, 2, 10);
  expect([hasBegun(day, begun_ms - 1), hasBegun(day, begun_ms)]).toEqual([false, true]);
});

test.each([
  ['2026-11-01', '20261101000000', '20261101235959'],
  ['20261101', '20261101000000', '20261101235959'],
  ['2024-02-29', '20240229000000', '20240229235959'],
  ['2026-11-01T08:30', '20261101083000', '20261101083000'],
  ['2026-11-01 08:30:15', '20261101083015', '20261101083015'],
  ['20261101083015', '20261101083015', '20261101083015'],
])('%s begins at %s and ends at %s', (text, from, to) => {
  expect(parseWallTime(text, 'from')).toBe(from);
  expect(parseWallTime(text, 'to')).toBe(to);
});
