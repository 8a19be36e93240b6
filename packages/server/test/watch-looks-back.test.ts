import { WORLDS } from '@recuento/generator';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Alarm, idOf } from '../src/hygiene/watch/alarm.js';
import { together, WEEK_S, weekOf } from '../src/hygiene/watch/alarms-of-weeks.js';
import type { MinuteOfCell } from '../src/hygiene/watch/counts.js';
import { HourRows } from '../src/hygiene/watch/hour-rows.js';
import { WallHours } from '../src/hygiene/watch/wall-hours.js';
import { Watch } from '../src/hygiene/watch/watch.js';
import { at, attemptsOf, changed, minutesOf, UNTIL_S, watched, ZONE } from './watch/watched.js';

/** What is told at a moment depends on the attempts before it alone: not on later ones, nor on who watches, and since when. */
let minutes: MinuteOfCell[];
let all: Alarm[];

beforeAll(() => {
  const options = { ...WORLDS.everything, seed: 3, attempts: 40_000, until_s: UNTIL_S };
  const attempts = changed(attemptsOf(options), [
    { kind: 'answers_halved', campaign_id: null, from_s: at(15, 8), until_s: at(16, 12) },
    { kind: 'no_attempts', campaign_id: null, from_s: at(22, 10), until_s: at(22, 14) },
    // Over a weekend, and so from one week into the next.
    { kind: 'no_attempts', campaign_id: null, from_s: at(23, 12), until_s: at(26, 15) },
  ]);
  minutes = minutesOf(attempts);
  all = watched(minutes).alarms();
  expect(new Set(all.map(({ kind }) => kind)).size).toBeGreaterThan(3);
});

const moment = fc
  .integer({ min: Math.floor(at(2, 0) / 60), max: Math.floor(UNTIL_S / 60) })
  .map((minute) => minute * 60);
const runs = { numRuns: process.env.RECUENTO_FUZZ === 'full' ? 100 : 12 };

test('no look-ahead: a watch has told at a moment what it will always have told', () => {
  fc.assert(
    fc.property(moment, (now_s) => {
      const told = watched(minutes, now_s).alarms();
      const known = all.filter(({ told_s }) => told_s <= now_s);
      expect(told.map(idOf)).toEqual(known.map(idOf));
      for (const [index, alarm] of known.entries()) {
        const is_over = alarm.over_s !== null && alarm.over_s <= now_s;
        if (is_over) expect(told[index]).toEqual(alarm);
        else expect(told[index]).toMatchObject({ end_s: null, over_s: null, told_s: alarm.told_s });
      }
    }),
    runs,
  );
});

test('a watch that is asked, and copied, at any minutes tells the same', () => {
  fc.assert(
    fc.property(fc.uniqueArray(moment, { minLength: 1, maxLength: 8 }), (moments) => {
      const stops = moments.toSorted((a, b) => a - b);
      let watch = Watch.begin(
        new WallHours(ZONE),
        Math.floor((minutes[0]?.minute_s ?? 0) / 86_400) * 86_400,
        [],
      );
      for (const row of minutes) {
        for (let stop = stops[0]; stop !== undefined && stop <= row.minute_s; stop = stops[0]) {
          stops.shift();
          watch.advanceTo(stop);
          const before = watch;
          watch = watch.clone();
          // What becomes of the other one is its own business.
          before.advanceTo(stop + 3 * 86_400);
        }
        watch.add(row);
      }
      watch.advanceTo(UNTIL_S);
      expect(watch.alarms()).toEqual(all);
    }),
    runs,
  );
});

test('watches that begin anew each week tell together what one tells that never stopped', () => {
  const hours = new HourRows();
  for (const row of minutes) hours.add(row);
  const history = hours.take();
  const first_s = weekOf(at(12, 12));
  const weeks = [first_s, first_s + WEEK_S, first_s + 2 * WEEK_S].map((week_s) => {
    const start_s = week_s - WEEK_S;
    const until_s = Math.min(UNTIL_S, week_s + WEEK_S);
    const before = history.filter(({ hour_s }) => hour_s < start_s);
    const watch = Watch.begin(new WallHours(ZONE), start_s, before);
    for (const row of minutes) if (row.minute_s >= start_s && row.minute_s < until_s) watch.add(row);
    watch.advanceTo(until_s);
    return { week_s, alarms: watch.alarms() };
  });
  const lately = (alarms: readonly Alarm[]) =>
    alarms.filter(({ over_s }) => over_s === null || over_s > first_s);
  expect(together(weeks)).toEqual(lately(all));
  // One of them goes on over the end of a week.
  expect(all.some(({ start_s, end_s }) => weekOf(start_s) !== weekOf(end_s ?? UNTIL_S))).toBe(true);
});
