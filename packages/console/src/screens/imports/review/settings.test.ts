import { parseWords } from '@recuento/contract';
import { expect, test } from 'vitest';
import { isCampaign, isZone, NO_SETTINGS, queryOf } from './settings.js';

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

test('half a zone, and a number that no campaign has, are told before they are sent', () => {
  expect(['', 'UTC', ' America/Bogota ', 'Amer', '+05:00', 'a b'].map(isZone)).toEqual([
    ...[true, true, true],
    ...[false, false, false],
  ]);
  expect(['', '1', '4294967295', '4294967296', '0'].map(isCampaign)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
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
