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
        for (const text of [`${number}.0`, `="${number}"`, `'${number}`, ` ${number} `]) {
          expect(telephoneIn(text)).toBe(String(number));
        }
      },
    ),
  );
});
