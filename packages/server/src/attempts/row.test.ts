import type { Attempt } from '@recuento/contract';
import { expect, test } from 'vitest';
import { attemptRow, countMonths } from './row.js';

const attempt: Attempt = {
  attempt_id: 'a\\b',
  campaign_id: 1,
  telephone: '57',
  dialed_at: 1_793_664_000,
  result: 'busy',
  customer_name: "O'Neill \\",
  opt2: 'x',
};

test('a row has every column, backslashes and quotes escaped, and NULL where nothing is told', () => {
  expect(attemptRow(7, 9n, attempt).split('\t')).toEqual([
    '7',
    '1',
    '57',
    '1793664000',
    'busy',
    '9',
    'a\\\\b',
    '',
    '',
    '\\N',
    '\\N',
    '',
    '\\N',
    '',
    "{'customer_name':'O\\'Neill \\\\','opt2':'x'}\n",
  ]);
});

test('months are counted in UTC', () => {
  const at = (iso: string) => ({ ...attempt, dialed_at: Date.parse(iso) / 1_000 });
  expect(countMonths([at('2026-10-31T23:59:59Z'), at('2026-10-01T00:00:00Z')])).toBe(1);
  expect(countMonths([at('2026-10-31T23:59:59Z'), at('2026-11-01T00:00:00Z')])).toBe(2);
  expect(countMonths([at('2025-11-01T00:00:00Z'), at('2026-11-01T00:00:00Z')])).toBe(2);
});
