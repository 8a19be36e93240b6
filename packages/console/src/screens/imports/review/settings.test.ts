import { parseWords } from '@recuento/contract';
import { expect, test } from 'vitest';
import { NO_SETTINGS, queryOf } from './settings.js';

test('settings that say nothing are not sent', () => {
  expect(Object.entries(queryOf(NO_SETTINGS)).filter(([, value]) => value !== undefined)).toEqual([
    ['format', 'auto'],
  ]);
  expect(queryOf({ ...NO_SETTINGS, campaign_id: ' 7 ', all_dialed: true, time_zone: '  ' })).toMatchObject({
    campaign_id: '7',
    all_dialed: 'yes',
    time_zone: undefined,
  });
});

test('words with any mark are read by the service as they are', () => {
  const words = new Map([
    ['No, thanks', 'answer'],
    ['a "b"=c@d', 'busy'],
    ['BUZÓN', 'answer_machine'],
  ] as const);
  expect(parseWords(queryOf({ ...NO_SETTINGS, words }).words ?? '')).toEqual(
    [...words].map(([word, result]) => ({ word, trunk: '', result })),
  );
});
