import { REJECT_REASONS_MAX } from '@recuento/contract';
import { expect, test } from 'vitest';
import { RejectReasons } from './reject-reasons.js';

test('reasons are counted, with the first line of each, the most frequent first', () => {
  const reasons = new RejectReasons();
  for (const [line, reason] of ['a', 'b', 'b', 'c'].entries()) reasons.add(reason, line + 1);
  expect(reasons.listed()).toEqual([
    { reason: 'b', lines: 2, first_line: 2 },
    { reason: 'a', lines: 1, first_line: 1 },
    { reason: 'c', lines: 1, first_line: 4 },
  ]);
});

test('their number and their length are limited', () => {
  const reasons = new RejectReasons();
  for (let line = 1; line <= REJECT_REASONS_MAX + 5; line += 1)
    reasons.add(`${line}${'\u{1F4DE}'.repeat(500)}`, line);
  const listed = reasons.listed();
  expect(listed).toHaveLength(REJECT_REASONS_MAX);
  expect(listed.every(({ reason }) => [...reason].length === 201 && !/\p{Cs}/u.test(reason))).toBe(true);
  reasons.add('another', 99);
  expect(reasons.listed()).toEqual(listed);
});
