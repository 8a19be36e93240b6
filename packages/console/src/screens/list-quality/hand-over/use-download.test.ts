import { expect, test } from 'vitest';
import { curlLine } from './curl.js';
import { DIALERS, fileNameOf } from './dialers.js';
import { nextCursor } from './use-download.js';

test('the next page is named by the header Link', () => {
  expect(nextCursor('<?format=add_dnc&cursor=a%2Bb&as_of=2026>; rel="next"')).toBe('a+b');
  expect(nextCursor('<?format=add_dnc>; rel="next"')).toBeUndefined();
  expect(nextCursor(null)).toBeUndefined();
});

test('files of pages are numbered, and others are not', () => {
  const named = (format: string) => {
    const dialer = DIALERS.find((each) => each.format === format);
    return dialer && fileNameOf(dialer, 2);
  };
  expect(named('add_dnc')).toBe('add-dnc-2.json');
  expect(named('customer_ids')).toBe('customer-ids-2.txt');
  expect(named('asterisk_sql')).toBe('asterisk.sql');
});

test('the line for a terminal has no secret, and where the file goes', () => {
  expect(curlLine('https://r.example/v1/hygiene/export?format=csv', 'a.csv')).toBe(
    'curl -sS --fail -H "Authorization: Bearer $RECUENTO_TOKEN" -o a.csv "https://r.example/v1/hygiene/export?format=csv"',
  );
});
