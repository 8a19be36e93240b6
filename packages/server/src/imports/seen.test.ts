import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AttemptRows } from '../attempts/attempt-rows.js';
import { RowIdentity } from '../attempts/row-identity.js';
import { SeenAttempts } from './seen.js';

const identity = fc.record({
  attempt_id: fc.stringMatching(/^[ -~]{1,20}$/),
  telephone: fc.stringMatching(/^[ -~]{1,15}$/),
  dialed_at_s: fc.nat(2 ** 32 - 1),
});

const rows = new AttemptRows();

function identityOf(dial: { attempt_id: string; telephone: string; dialed_at_s: number }): RowIdentity {
  rows.add(1, 1, {
    ...dial,
    code: 'busy',
    amd: '',
    duration_seconds: undefined,
    trunk: '',
    sip: undefined,
    cause: undefined,
    agent_id: '',
  });
  const read = new RowIdentity();
  read.read(rows.raw, 0);
  rows.dropLast();
  return read;
}

test('what was added is never denied', () => {
  fc.assert(
    fc.property(fc.array(identity, { maxLength: 50 }), (identities) => {
      const seen = new SeenAttempts(undefined);
      for (const one of identities) seen.add(identityOf(one));
      expect(identities.every((one) => seen.mayExist(identityOf(one)))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('what lies within the span of what was there is never denied, its ends included', () => {
  const seen = new SeenAttempts({ from_s: 100, to_s: 200 });
  const at = (dialed_at_s: number) =>
    seen.mayExist(identityOf({ attempt_id: 'a', telephone: '1', dialed_at_s }));
  expect([99, 100, 150, 200, 201].map(at)).toEqual([false, true, true, true, false]);
});

test('of a million that are not there, fewer than one in a thousand are taken for it', () => {
  const seen = new SeenAttempts(undefined);
  const dial = (at: number) =>
    identityOf({
      attempt_id: `17617${at}.${at}`,
      telephone: `57300${at % 9_999}`,
      dialed_at_s: 1_760_000_000 + at,
    });
  for (let at = 0; at < 1_000_000; at += 1) seen.add(dial(at));
  let wrong = 0;
  for (let at = 1_000_000; at < 2_000_000; at += 1) if (seen.mayExist(dial(at))) wrong += 1;
  expect(wrong).toBeLessThan(1_000);
});
