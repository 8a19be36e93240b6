import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AttemptRows } from '../attempts/attempt-rows.js';
import { CHANGED_HOURS_MAX, changedHours } from './changed-hours.js';

const HOUR_S = 3_600;

function rowsOf(attempts: readonly { campaign_id: number; dialed_at_s: number }[]): AttemptRows {
  const rows = new AttemptRows();
  for (const { campaign_id, dialed_at_s } of attempts) {
    rows.add(1, campaign_id, {
      attempt_id: 'a',
      telephone: '573001234567',
      dialed_at_s,
      code: 'busy',
      amd: '',
      duration_seconds: undefined,
      trunk: '',
      sip: undefined,
      cause: undefined,
      evidence: 'none',
      agent_id: '',
    });
  }
  return rows;
}

const anAttempt = fc.record({
  campaign_id: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(2 ** 32 - 1)),
  dialed_at_s: fc.oneof(fc.nat(10 * HOUR_S), fc.constantFrom(HOUR_S - 1, HOUR_S, 2 ** 32 - 1)),
});

test('the hours of each campaign, as a plain model has them', () => {
  fc.assert(
    fc.property(fc.array(anAttempt, { maxLength: 30 }), (attempts) => {
      const change = changedHours(rowsOf(attempts));
      if (change.kind !== 'attempts') throw new Error(change.kind);
      const told = [...change.hours].flatMap(([id, hours]) => [...hours].map((hour) => `${id} ${hour}`));
      const model = attempts.map(
        ({ campaign_id, dialed_at_s }) => `${campaign_id} ${Math.floor(dialed_at_s / HOUR_S)}`,
      );
      expect(told.sort()).toEqual([...new Set(model)].sort());
    }),
  );
});

test('as many hours as are listed one by one, and one more', () => {
  const hours = (count: number) =>
    rowsOf(
      Array.from({ length: count }, (_, at) => ({ campaign_id: 1 + (at % 2), dialed_at_s: at * HOUR_S })),
    );
  expect(changedHours(hours(CHANGED_HOURS_MAX)).kind).toBe('attempts');
  expect(changedHours(hours(CHANGED_HOURS_MAX + 1))).toEqual({ kind: 'anything' });
});
