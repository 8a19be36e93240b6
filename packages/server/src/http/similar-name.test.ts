import fc from 'fast-check';
import { expect, test } from 'vitest';
import { similarName } from './similar-name.js';

test.each([
  ['campaign_id', 'campaing_id'],
  ['campaign_id', 'campaignId'],
  ['campaign_id', 'Campaign-ID'],
  ['campaign_id', 'campagn_id'],
  ['campaign_id', 'campaignn_id'],
  ['campaign_id', 'campaign'],
  ['date_ini', 'date_init'],
  ['date_ini', 'dateini'],
  ['date_end', 'date_edn'],
  ['api', 'Api'],
  ['api', 'apii'],
])('%s was meant by %s', (meant, sent) => {
  expect(similarName(meant, ['other', sent])).toBe(sent);
});

test.each([
  ['campaign_id', ['id', 'telephone', 'campaign_type']],
  ['date_ini', ['date', 'cursor']],
  ['date_end', ['dateini', 'date-ini']],
  ['api', ['at', 'cp', 'id', 'tap_id']],
  ['campaign_id', ['campaing_id<script>', `campaing_id${' '.repeat(30)}`]],
])('%s was meant by none of %j', (meant, sent) => {
  expect(similarName(meant, sent)).toBeUndefined();
});

test.each([
  ['date_end', ['dateIni', 'dateEnd'], 'dateEnd'],
  ['date_ini', ['dateEnd', 'dateIni'], 'dateIni'],
  ['campaign_id', ['campagne_id', 'campaingid', 'campaignId'], 'campaignId'],
])('of several the nearest is meant: %s of %j', (meant, sent, nearest) => {
  expect(similarName(meant, sent)).toBe(nearest);
});

test('a slip is found wherever it is, and a name that shares no letter is not', () => {
  const slip = fc.tuple(fc.nat(9), fc.constantFrom('drop', 'double', 'swap'));
  fc.assert(
    fc.property(slip, (one) => {
      const [at, kind] = one;
      const name = 'campaignid';
      const slipped = {
        drop: name.slice(0, at) + name.slice(at + 1),
        double: name.slice(0, at) + name[at] + name.slice(at),
        swap: name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2),
      }[kind];
      expect(similarName('campaign_id', [String(slipped)])).toBe(slipped);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[x-z]{1,30}$/), (other) => {
      expect(similarName('campaign_id', [other])).toBeUndefined();
    }),
  );
});

test('only a few of very many names are compared', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => `name${at}`);
  expect(similarName('campaign_id', [...many, 'campaing_id'])).toBeUndefined();
});
