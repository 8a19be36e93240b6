import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dates, looksLikeDateTime } from './dates.js';

const AT_S = Date.UTC(2026, 2, 9, 14, 15) / 1_000;
const bogota = (order?: 'dmy' | 'mdy') => new Dates('America/Bogota', order);

test.each([
  ...[
    '2026-03-09 09:15:00',
    '2026-03-09T09:15:00',
    '2026/03/09 09:15:00',
    '2026.03.09 09:15',
    '2026-3-9 9:15',
  ],
  ...['2026/3/9 9:15', '2026-03-09  09:15:00.123456', '2026-03-09 09:15:00,123', ' 2026-03-09 09:15:00 '],
  ...['20260309091500', '202603090915', '20260309 091500', '20260309T091500', '20260309 09:15:00'],
  ...[
    '2026-03-09 09:15 AM',
    '2026-03-09 9:15 a. m.',
    '2026-03-09 9:15\u202fa.\u00a0m.',
    '2026-03-09, 09:15:00',
  ],
  ...['2026-03-09 14:15:00Z', '2026-03-09 14:15:00+00', '2026-03-09 14:15:00 UTC', '2026-03-09T14:15Z'],
  ...[
    '2026-03-09 09:15:00-05',
    '2026-03-09 09:15:00-0500',
    '2026-03-09 09:15:00-05:00',
    '2026-03-09 09:15:00 -0500',
  ],
  ...[
    '2026-03-09 09:15:00.120445-05',
    '2026/3/9 9:15 GMT-05:00',
    '20260309T141500Z',
    '2026-03-09 19:45:00+05:30',
  ],
  ...[
    'Mon, 09 Mar 2026 09:15:00 -0500',
    '9 Mar 2026 14:15:00 GMT',
    '09-Mar-2026 09:15:00',
    '9 de marzo de 2026 9:15',
  ],
  ...[
    'Mon Mar 09 2026 09:15:00 GMT-0500 (hora estándar de Colombia)',
    'Mon, 9 Mar 2026 14:15:00 +0000 (UTC)',
  ],
  ...['2026-03-09T09:15:00-05:00[America/Bogota]', '2026-03-09T14:15Z[UTC]'],
  ...['March 9, 2026 9:15 AM', 'Mar 9 2026 09:15:00', '9/mar/2026 9:15'],
  ...[`${AT_S}`, `${AT_S}.75`, `${AT_S}000`, `${AT_S}123456`],
])('%j has one reading, in whatever order days and months are declared', (text) => {
  for (const order of [undefined, 'dmy', 'mdy'] as const) expect(bogota(order).parse(text)).toBe(AT_S);
});

test.each([
  ['09/03/2026 09:15:00', '03/09/2026 09:15:00'],
  ['9/3/26 9:15', '3/9/26 9:15'],
  ['9-mar-26 9:15', '09-Mar-26 09:15 AM'],
  ['09.03.2026 09:15', '03.09.2026 09:15'],
  ['09-03-26 09:15:00', '03-09-26 09:15:00'],
  ['9/3/2026 9:15:00 AM', '3/9/2026 9:15:00 AM'],
  ['09/03/2026 09:15:00 -05', '03/09/2026 09:15:00 -05'],
])('%j as dmy is %j as mdy, and neither without a declared order', (dmy, mdy) => {
  expect(bogota('dmy').parse(dmy)).toBe(AT_S);
  expect(bogota('mdy').parse(mdy)).toBe(AT_S);
  for (const text of [dmy, mdy]) expect(bogota().parse(text)).toBeUndefined();
});

test.each([
  ...['', '-', '2026-03-09', '09:15:00', '2026-02-30 09:15:00', '2026-03-09 24:00:00', '2026-03-09 09:60:00'],
  ...[
    '2026-13-09 09:15:00',
    '2026-03/09 09:15:00',
    '2026-03-09 13:15 PM',
    '2026-03-09 09:15:00+25',
    '5.73E+11',
  ],
  ...[
    '25/25/2026 09:15',
    '46090.385416667',
    '2026-03-09 09:15:00 EST',
    '2026-03-09 09:15:00 (EST)',
    '2026-03-09T09:15:00[America/Bogota]',
    '9 Mrz 2026 09:15:00',
    '573001234567',
  ],
  ...['3001234567', '2147483648', '2147483648000', '987654321', '987654321.5'],
  ...['martes 9 2026 9:15', '9 martes 2026 9:15', 'Marketing 9 2026 9:15'],
  'x'.repeat(10_000),
])('%j is no date-time', (text) => {
  for (const order of [undefined, 'dmy', 'mdy'] as const) expect(bogota(order).parse(text)).toBeUndefined();
});

test('every instant comes back, in each way of writing it', () => {
  const two = (number: number) => String(number).padStart(2, '0');
  fc.assert(
    fc.property(fc.integer({ min: 946_684_800, max: 4_102_444_799 }), (at_s) => {
      const at = new Date(at_s * 1_000);
      const [y, m, d] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
      const time = at.toISOString().slice(11, 19);
      const utc = (order?: 'dmy' | 'mdy') => new Dates('UTC', order);
      for (const date of [`${y}-${two(m)}-${two(d)}`, `${y}/${m}/${d}`, `${y}.${two(m)}.${d}`]) {
        expect(utc().parse(`${date} ${time}`)).toBe(at_s);
        expect(bogota().parse(`${date} ${time}+00`)).toBe(at_s);
        expect(looksLikeDateTime(`${date} ${time}`)).toBe(true);
      }
      expect(utc('dmy').parse(`${d}/${m}/${y} ${time}`)).toBe(at_s);
      expect(utc('mdy').parse(`${m}/${d}/${two(y % 100)} ${time}`)).toBe(at_s);
      expect(bogota().parse(at.toUTCString())).toBe(at_s);
    }),
  );
});

test('seconds since 1970 are read to the last one of 31 bits', () => {
  for (const text of ['2147483647', '2147483647.9', '2147483647999', '2147483647999999']) {
    expect(bogota().parse(text)).toBe(2_147_483_647);
  }
  expect(bogota().parse('1000000000')).toBe(1_000_000_000);
});
