import { expect, test } from 'vitest';
import { parseCsvLine } from './csv-line.js';

test.each([
  ['a,b,c', ['a', 'b', 'c']],
  ['', ['']],
  [',', ['', '']],
  ['"",""', ['', '']],
  ['"a,b",c', ['a,b', 'c']],
  ['"""Ana"" <1000>",5', ['"Ana" <1000>', '5']],
  ['""""', ['"']],
  ['"a",', ['a', '']],
  ['a b , c', ['a b ', ' c']],
])('%s', (line, fields) => {
  expect(parseCsvLine(line)).toEqual(fields);
});

test.each([
  ['"a', 'a quote is not closed'],
  ['"a""', 'a quote is not closed'],
  ['x,"', 'a quote is not closed'],
  ['"a"b,c', 'text follows a closing quote'],
  ['a"b,c', 'a quote stands inside a bare field'],
])('%s is at fault', (line, fault) => {
  expect(parseCsvLine(line)).toBe(fault);
});
