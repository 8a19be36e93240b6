import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInstant } from './instant.js';

const two = (number: number) => String(number).padStart(2, '0');

const instants = fc.record({
  local_s: fc.integer({ min: Date.UTC(1000, 0, 1) / 1_000, max: Date.UTC(9999, 11, 31) / 1_000 }),
  offset_min: fc.integer({ min: -(24 * 60 - 1), max: 24 * 60 - 1 }),
  separator: fc.constantFrom('T', 't', ' '),
  fraction: fc.constantFrom('', '.0', '.999', '.123456789'),
  zulu: fc.constantFrom('Z', 'z', undefined),
});

test('every instant with an offset is read to the second', () => {
  fc.assert(
    fc.property(instants, ({ local_s, offset_min, separator, fraction, zulu }) => {
      const wall = new Date(local_s * 1_000).toISOString().slice(0, 19).replace('T', separator);
      const ahead = Math.abs(offset_min);
      const sign = offset_min < 0 ? '-' : '+';
      const offset = zulu ?? `${sign}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
      const expected = zulu === undefined ? local_s - offset_min * 60 : local_s;
      expect(parseInstant(`${wall}${fraction}${offset}`)).toBe(expected);
    }),
  );
});

test.each([
  ['', 'nothing'],
  ['2026-11-03T09:15:00', 'no offset'],
  ['2026-11-03', 'no time'],
  ['2026-11-03T09:15Z', 'no seconds'],
  ['2026-11-03T09:15:60Z', 'a leap second'],
  ['2026-11-03T24:00:00Z', 'hour 24'],
  ['2026-11-03T09:60:00Z', 'minute 60'],
  ['2026-13-03T09:15:00Z', 'month 13'],
  ['2026-00-03T09:15:00Z', 'month 0'],
  ['2026-02-29T09:15:00Z', 'a day that the year does not have'],
  ['0999-11-03T09:15:00Z', 'a year that nobody means'],
  ['2026-11-03T09:15:00.Z', 'a fraction of nothing'],
  ['2026-11-03T09:15:00.1234567890Z', 'ten digits of a fraction'],
  ['2026-11-03T09:15:00+24:00', 'an offset of a day'],
  ['2026-11-03T09:15:00+00:60', 'an offset of sixty minutes'],
  ['2026-11-03T09:15:00+0500', 'an offset without a colon'],
  ['2026-11-03T09:15:00−05:00', 'another minus'],
  ['٢٠٢٦-11-03T09:15:00Z', 'other digits'],
  [' 2026-11-03T09:15:00Z', 'a blank before'],
  ['2026-11-03T09:15:00Z\n', 'a line end behind'],
])('%j is no instant: %s', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});
