import { expect, test } from 'vitest';
import { secondsTold } from './seconds.js';

test.each([
  ['0', 0],
  ['12', 12],
  ['12.9', 12],
  ['12.', 12],
  ['20,500000', 20],
  [' 7 ', 7],
  ['00:00:12', 12],
  ['1:20', 80],
  ['2:00:03.5', 7_203],
])('%j is %i seconds', (text, seconds) => {
  expect(secondsTold(text)).toBe(seconds);
});

test.each(['', '-1', '-1772460910', 'nan', '12s', '1:75', '99999999999', '9999999:00', '1e3', '-'])(
  '%j is not told',
  (text) => {
    expect(secondsTold(text)).toBeUndefined();
  },
);
