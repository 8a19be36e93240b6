import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { blankPath } from './blank-secrets.js';

test.each([
  ['32 hex digits, as an administrator or Twilio may have them', randomBytes(16).toString('hex')],
  ['a UUID', randomUUID()],
  ['one of ours', 'rct_1'],
  ['what webhooks are signed with', 'whsec_1+'],
])('a secret in a path is blank: %s', (_kind, secret) => {
  expect(blankPath(`/v1/imports/${secret}/rejects`)).toBe('/v1/imports/[redacted]/rejects');
});

test('what is short stays: names, numbers, servers', () => {
  const path = `/v1/operations/0001/campaigns/${'9'.repeat(31)}`;
  expect(blankPath(path)).toBe(path);
});
