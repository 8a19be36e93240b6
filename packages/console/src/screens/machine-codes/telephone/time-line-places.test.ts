import type { TelephoneAttemptDocument } from '@recuento/contract';
import { describe, expect, test } from 'vitest';
import { timeLineOf } from './time-line-places.js';

const BOGOTA = 'America/Bogota';

function attempt(dialed_at: string, result: TelephoneAttemptDocument['result'] = 'no_answer') {
  return {
    attempt_id: dialed_at,
    telephone: '573001',
    campaign_id: 1,
    dialed_at,
    trunk: null,
    result,
    amd: null,
    sip: null,
    cause: null,
    evidence: 'none',
    in_trunk_fault: false,
    customer_id: null,
    agent_id: null,
    duration_seconds: null,
  } as const satisfies TelephoneAttemptDocument;
}

describe('a time line', () => {
  test('goes over whole days of the operation', () => {
    // 22:00 of the 2nd and 02:00 of the 4th, by a clock in Bogota.
    const line = timeLineOf([attempt('2026-11-04T07:00:00Z'), attempt('2026-11-03T03:00:00Z')], BOGOTA, 10);
    expect(line.ticks.map(({ day }) => day)).toEqual(['2026-11-02', '2026-11-03', '2026-11-04']);
    expect(line.ticks.map(({ place }) => place)).toEqual([0, 1 / 3, 2 / 3]);
    expect(line.placeOf('2026-11-05T05:00:00Z')).toBe(1);
    expect(line.is_one_day).toBe(false);
  });

  test('of one day has its hours', () => {
    const line = timeLineOf([attempt('2026-11-04T17:00:00Z')], BOGOTA, 10);
    expect(line.is_one_day).toBe(true);
    expect(line.ticks.map(({ place }) => place)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(line.lanes[0]?.dots[0]?.place).toBe(0.5);
  });

  test('has no more ticks than there is room for, however long it is', () => {
    const line = timeLineOf([attempt('2024-01-01T12:00:00Z'), attempt('2026-11-04T12:00:00Z')], BOGOTA, 6);
    expect(line.ticks.length).toBeLessThanOrEqual(6);
    expect(line.ticks.every(({ place }) => place >= 0 && place < 1)).toBe(true);
  });

  test('has a lane for each code that there is, in the order of the codes, with every attempt once', () => {
    const attempts = [
      attempt('2026-11-04T12:00:00Z', 'answer'),
      attempt('2026-11-05T12:00:00Z', 'busy'),
      attempt('2026-11-06T12:00:00Z', 'busy'),
    ];
    const { lanes } = timeLineOf(attempts, BOGOTA, 6);
    expect(lanes.map(({ code, dots }) => [code, dots.length])).toEqual([
      ['busy', 2],
      ['answer', 1],
    ]);
  });

  test('a day of 25 hours is a day', () => {
    const line = timeLineOf([attempt('2026-11-01T12:00:00Z')], 'America/New_York', 6);
    expect(line.placeOf('2026-11-01T04:00:00Z')).toBe(0);
    expect(line.placeOf('2026-11-02T05:00:00Z')).toBe(1);
  });
});
