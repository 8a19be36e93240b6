import { expect, test } from 'vitest';
import { spoken } from './language.js';

test('blanks are filled, and what fills them is not looked at again', () => {
  expect(spoken('{a} and {b}, {a}; {c}', { a: '{b}', b: 2 })).toBe('{b} and 2, {b}; {c}');
});

test.each([
  [0, '0 lines are left'],
  [1, '1 line is left'],
  ['1', '1 line is left'],
  ['1,000', '1,000 lines are left'],
  [21, '21 lines are left'],
])('of %s the words are those of its number', (count, said) => {
  expect(spoken('{count} {count: line is|lines are} left', { count })).toBe(said);
});

test('the words for many may have a blank of their own', () => {
  const text = '{count: One more was|The other {count} were} there';
  expect(spoken(text, { count: 1 })).toBe('One more was there');
  expect(spoken(text, { count: 3 })).toBe('The other 3 were there');
});
