import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Alarm, idOf } from './alarm.js';
import {
  type AlarmChange,
  changesAfter,
  followedBy,
  lackedSince,
  readPosition,
  writePosition,
} from './alarm-changes.js';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const NOW_S = 1_790_000_000;

/** An alarm of a trunk; times in minutes. */
const alarm = fc
  .record({
    trunk: fc.constantFrom('a', 'b', 'c'),
    start: fc.integer({ min: 0, max: 4_000 }),
    proof: fc.integer({ min: 1, max: 60 }),
    length: fc.integer({ min: 0, max: 3_000 }),
  })
  .map(({ trunk, start, proof, length }): Alarm => {
    const start_s = NOW_S + start * MINUTE_S;
    const told_s = start_s + proof * MINUTE_S;
    const end_s = told_s + length * MINUTE_S;
    const rest = { usual: 0.1, seen: 0.9, attempts: 10, campaign_id: null };
    return { kind: 'outage', trunk, start_s, told_s, end_s, over_s: end_s + MINUTE_S, ...rest };
  });

/** What is known of alarms at a moment. */
function asOf(alarms: readonly Alarm[], now_s: number): Alarm[] {
  return alarms
    .filter(({ told_s }) => told_s <= now_s)
    .map((one) => ((one.over_s ?? 0) <= now_s ? one : { ...one, end_s: null, over_s: null }));
}

/** Asks for pages until there is nothing, as webhooks do. */
class Follower {
  readonly seen: AlarmChange[] = [];
  position: string | undefined;

  follow(alarms: readonly Alarm[], now_s: number, limit: number): void {
    for (;;) {
      const followed = readPosition(this.position, now_s);
      const since_s = lackedSince(followed);
      const listed = asOf(alarms, now_s).filter(({ end_s }) => end_s === null || end_s > since_s);
      const page = changesAfter(followed, listed).slice(0, limit);
      if (page.length === 0) return;
      this.seen.push(...page);
      this.position = writePosition(followedBy(followed, page));
    }
  }
}

test('who follows is told of each alarm when it begins, and when it ends, once each and in order', () => {
  const moments = fc.array(fc.integer({ min: 1, max: 20 * HOUR_S }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      fc.array(alarm, { maxLength: 20 }),
      moments,
      fc.integer({ min: 1, max: 4 }),
      (some, waits, limit) => {
        const alarms = [...new Map(some.map((one) => [idOf(one), one])).values()];
        const follower = new Follower();
        let now_s = NOW_S;
        for (const wait_s of [...waits, 400 * HOUR_S]) {
          now_s += wait_s;
          // Somebody looks at least once a day.
          for (let at_s = now_s - wait_s; at_s < now_s; at_s += 12 * HOUR_S)
            follower.follow(alarms, at_s, limit);
          follower.follow(alarms, now_s, limit);
        }
        for (const one of alarms) {
          const own = follower.seen.filter(({ id }) => id === idOf(one));
          expect(own.map(({ change }) => change)).toEqual(['began', 'ended']);
        }
        expect(follower.seen).toHaveLength(2 * alarms.length);
        const times = follower.seen.map(({ at_s }) => at_s);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      },
    ),
  );
});

const ALARM: Alarm = {
  kind: 'congestion',
  trunk: null,
  campaign_id: 7,
  start_s: NOW_S,
  told_s: NOW_S + 300,
  end_s: null,
  over_s: null,
  usual: 0.01,
  seen: 0.7,
  attempts: 30,
};

test('an alarm that late attempts take back is withdrawn, and one that they bring is told', () => {
  const follower = new Follower();
  follower.follow([ALARM], NOW_S + 600, 10);
  const other = { ...ALARM, campaign_id: 8 };
  follower.follow([other], NOW_S + 1_200, 10);
  const told = follower.seen.map(({ change, id }) => [change, id]);
  expect(told).toEqual([
    ['began', idOf(ALARM)],
    ['withdrawn', idOf(ALARM)],
    ['began', idOf(other)],
  ]);
});

test('a new follower is told of what began within a day, and of nothing older', () => {
  const old = { ...ALARM, trunk: 'x', end_s: NOW_S + 900, over_s: NOW_S + 960 };
  const follower = new Follower();
  follower.follow([old], NOW_S + 25 * HOUR_S, 10);
  expect(follower.seen).toEqual([]);
  follower.follow([old, { ...ALARM, told_s: NOW_S + 20 * HOUR_S }], NOW_S + 25 * HOUR_S, 10);
  expect(follower.seen.map(({ change }) => change)).toEqual(['began']);
});

test('a post that is repeated has the same events', () => {
  const followed = readPosition(undefined, NOW_S + 600);
  const later = { ...ALARM, trunk: 'later', start_s: NOW_S + 700, told_s: NOW_S + 900 };
  const first = changesAfter(followed, [ALARM]);
  expect(changesAfter(followed, [ALARM, later]).slice(0, first.length)).toEqual(first);
});
