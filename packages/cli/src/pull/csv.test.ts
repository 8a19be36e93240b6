import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvLine } from './csv.js';

test.each([
  ['573001234567', '573001234567'],
  ['0057300', '0057300'],
  ['+573001234567', '+573001234567'],
  ['-1', '-1'],
  ['', ''],
  [5, '5'],
  ['a b', 'a b'],
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['a\nb', '"a\nb"'],
  ['=1+1', "'=1+1"],
  ['+1+1', "'+1+1"],
  ['-1+1', "'-1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ["'", "''"],
  ["'=1", "''=1"],
  ['=A,B', `"'=A,B"`],
])('%j is the cell %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test('no cell is a formula, and removing one apostrophe restores every text', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...`=+-@'"\t\r\n,1a`) }));
  fc.assert(
    fc.property(texts, (text) => {
      const cell = csvCell(text);
      const inner = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect(inner.replace(/^'/, '')).toBe(text);
      expect(/^[=@\t\r]/.test(inner) || /^[+-].*\D/s.test(inner.replace(/^[+-]\d+$/, ''))).toBe(false);
    }),
  );
});

test('a line ends as RFC 4180 says', () => {
  expect(csvLine(['a', 1, ''])).toBe('a,1,\r\n');
});
