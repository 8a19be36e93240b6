import { expect, test } from 'vitest';
import { Trunks } from './trunks.js';

test('prefixes of a file hold where its trunk is not declared; the longest is taken off, once', () => {
  const trunks = new Trunks({ north: { strip_prefix: ['7'], outcomes: {} } }).withPrefixes(['9', '99']);
  expect(trunks.telephoneOf('', '99573001234567')).toBe('573001234567');
  expect(trunks.telephoneOf('', '9573001234567')).toBe('573001234567');
  expect(trunks.telephoneOf('south', '9573001234567')).toBe('573001234567');
  expect(trunks.telephoneOf('north', '9573001234567')).toBe('9573001234567');
  expect(trunks.telephoneOf('north', '7573001234567')).toBe('573001234567');
  expect(trunks.telephoneOf('', '9')).toBe('9');
});

test('own words are another reading, the same in any spelling and order; a trunk that only they name has no prefixes', () => {
  const [one, two] = [
    { word: 'BUZON', trunk: '', result: 'answer_machine' },
    { word: 'NOCON', trunk: 'north', result: 'no_answer' },
  ] as const;
  const none = new Trunks({}).withPrefixes(['9']);
  const both = none.withWords([one, two]);
  expect(both.declared).toBe(none.withWords([two, { ...one, word: 'bu-zon' }]).declared);
  expect(both.declared).not.toBe(none.withWords([one, { ...two, trunk: '' }]).declared);
  expect(both.declared).not.toBe(none.withWords([{ ...one, result: 'busy' }, two]).declared);
  expect(none.withWords([])).toBe(none);
  expect(both.telephoneOf('north', '9573001234567')).toBe('573001234567');
});

test('another declaration is another reading, and its order makes no difference', () => {
  const none = new Trunks({});
  expect(none.declared).toBeUndefined();
  expect(none.withPrefixes(['9']).declared).not.toBe(none.withPrefixes(['8']).declared);
  expect(none.withPrefixes(['9', '8']).declared).toBe(none.withPrefixes(['8', '9']).declared);
});
