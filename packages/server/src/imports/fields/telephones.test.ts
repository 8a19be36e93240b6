import fc from 'fast-check';
import { expect, test } from 'vitest';
import { telephoneIn } from './telephones.js';

test.each([
  ['573001234567', '573001234567'],
  ['+573001234567', '+573001234567'],
  ['9#573001234567', '9#573001234567'],
  ['(601) 555-0100', '(601) 555-0100'],
  ['300.123.4567', '300.123.4567'],
  ['555.0000', '555.0000'],
  ['1001.0', '1001'],
  ['3001234.000000', '3001234'],
  ['573001234567.0', '573001234567'],
  ['573001234567.00', '573001234567'],
  ['+573001234567,0', '+573001234567'],
  ['="573001234567"', '573001234567'],
  ['"573001234567"', '573001234567'],
  ["'573001234567", '573001234567'],
  ["'+57 300 1234567", '+57 300 1234567'],
  ['  573001234567\t', '573001234567'],
  ['\u00a0573001234567\u202c', '573001234567'],
  ['\u202a+573001234567', '+573001234567'],
  ['="573001234567.0"', '573001234567'],
  ['5.73001234567E+11', '573001234567'],
  ['tel:+573001234567', '+573001234567'],
  ['300\u00a0123\u202f4567', '300 123 4567'],
  ['57300\u200b1234567', '573001234567'],
  ['1234567#573001234567', '1234567#573001234567'],
  ['18005550100*1234567', '18005550100*1234567'],
  ['0711/1234567', '0711/1234567'],
  ['(+57) 601-555 0100', '(+57) 601-555 0100'],
  ['22-34-5678', '22-34-5678'],
])('%j is the telephone %s', (text, telephone) => {
  expect(telephoneIn(text)).toBe(telephone);
});

test.each([
  '5.73E+11',
  '5,73E+11',
  '5.73e11',
  '5E+11',
  '5.73001E+011',
  '+5.7300E+11',
  '="5.73E+11"',
  '########',
])('%j has lost its digits', (text) => {
  expect(telephoneIn(text)).toEqual({ because: 'lost' });
});

test.each([
  ...['', ' ', '-', '--', '.', 'nan', 'NaN', 'None', 'NULL', 'null', 'N/A', '#N/A', '#REF!', '#¡VALOR!', "'"],
  ...['Anonymous', 'anonymous', '<unknown>', 'Restricted', 'PRIVATE', 'Unavailable', 'desconocido', '=""'],
])('%j says that there is none', (text) => {
  expect(telephoneIn(text)).toEqual({ because: 'none' });
});

test.each([
  ...['3001234567/3001234568', '3001234567 3001234568', '3001234567-3001234568', '3001234567;3001234568'],
  ...['3001234567, 3001234568', '+573001234567+573001234568', '573001234567<573001234568'],
  ...[
    '300 123 4567 / 300 123 4568',
    '(601) 555-0100; (601) 555-0101',
    '3001234567\n3001234568',
    '1 / 5550100 / 5550101',
  ],
])('%j is several', (text) => {
  expect(telephoneIn(text)).toEqual({ because: 'several' });
});

test.each(['2026-11-03', '12/11/2026', '3.11.2026'])('%j is a date', (text) => {
  expect(telephoneIn(text)).toEqual({ because: 'date' });
});

test.each(['s', 'vm1001', 'client:ana', 'sip:1001@pbx', '573001234567 ext 5', 'x'.repeat(300), '5.73.E+11'])(
  '%j is something else',
  (text) => {
    expect(telephoneIn(text)).toEqual({ because: 'other' });
  },
);

test('whatever a spreadsheet shortens is never a telephone, and what it writes out is the same one', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 10n ** 9n, max: 10n ** 15n - 1n }),
      fc.integer({ min: 1, max: 8 }),
      (number, digits) => {
        const shortened = Number(number).toExponential(digits).toUpperCase();
        expect(telephoneIn(shortened)).toEqual({ because: 'lost' });
        expect(telephoneIn(`${number} / ${number}`)).toEqual({ because: 'several' });
        for (const text of [`${number}.0`, `="${number}"`, `'${number}`, ` ${number} `]) {
          expect(telephoneIn(text)).toBe(String(number));
        }
      },
    ),
  );
});
