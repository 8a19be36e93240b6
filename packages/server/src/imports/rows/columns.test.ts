import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Columns, readColumns } from './columns.js';
import { DELIMITERS } from './delimiter.js';
import { splitDelimited } from './rows.js';

function columns(line: string): Columns {
  const read = readColumns(line);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

test.each(DELIMITERS)('a header with %j has its delimiter and its names', (delimiter) => {
  const read = columns(['Start Time', 'to', 'STATUS'].join(delimiter));
  expect(read.delimiter).toBe(delimiter);
  expect(read.at('start_time')).toBe(0);
  expect(read.at('callee', 'To')).toBe(1);
  expect(read.at('absent')).toBe(-1);
});

test('the first alias that is there wins, whatever the order of the columns; a repeated name has all its columns', () => {
  const read = columns('phone_number\tstatus\tphone_number\tphone_number_dialed');
  expect(read.at('phone_number_dialed', 'phone_number')).toBe(3);
  expect(read.at('phone_number')).toBe(0);
  expect(read.all('phone number')).toEqual([0, 2]);
});

test('a line has as many fields as the header', () => {
  const read = columns('a;b;"c;d"');
  expect(read.names).toEqual(['a', 'b', 'c;d']);
  expect(read.split('1;"2;3";4')).toEqual(['1', '2;3', '4']);
  expect(read.split('1;2')).toEqual({ fault: 'it has 2 fields and the header has 3', is_open: false });
});

test('one column is no header, nor is a broken one', () => {
  expect(readColumns('telephone')).toBe('it has a single column');
  expect(readColumns('a,"b')).toBe('a quote is not closed');
});

test('quotes between tabs are characters unless they are around a field, and never swallow a tab', () => {
  expect(splitDelimited('"Ana" <1000>\t57300\t', '\t')).toEqual(['"Ana" <1000>', '57300', '']);
  expect(splitDelimited('Ana "A" B\t57300', '\t')).toEqual(['Ana "A" B', '57300']);
  expect(splitDelimited('"a\tb"\t1', '\t')).toEqual(['a\tb', '1']);
  expect(splitDelimited('"a\t57300\t"b" c', '\t')).toBe('text follows a closing quote');
  expect(splitDelimited('"a\t57300', '\t')).toBe('a quote is not closed');
});

test('what is quoted strictly comes back as it was, with every delimiter', () => {
  const field = fc.string().filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), fc.constantFrom(...DELIMITERS), (fields, delimiter) => {
      const line = fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter);
      expect(splitDelimited(line, delimiter)).toEqual(fields);
    }),
  );
});
