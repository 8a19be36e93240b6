import { type GenerateOptions, WORLDS, type WorldName } from '@recuento/generator';
import { expect, test } from 'vitest';
import type { Alarm } from '../src/hygiene/watch/alarm.js';
import { isOf, meets, truthsOf } from './watch/truths.js';
import { at, attemptsOf, type Change, changed, minutesOf, UNTIL_S, WEEKS, watched } from './watch/watched.js';

/** Alarms of generated operations whose faults are known: few false ones, and none missed. */
const FULL = process.env.RECUENTO_FUZZ === 'full';
const SEEDS = FULL ? [1, 2, 3, 4, 5] : [1];
const SIZES = FULL ? [20_000, 60_000, 200_000] : [20_000, 60_000];

/** Fewer attempts that a fault hit may be chance. */
const PROVABLE = 10;
/** Before that, not enough is known of what is usual. */
const KNOWN_FROM_S = at(3, 0);

const optionsOf = (world: WorldName, attempts: number, seed: number): GenerateOptions => ({
  ...WORLDS[world],
  seed,
  attempts,
  until_s: UNTIL_S,
});

const of = (fields: Partial<Change> & Pick<Change, 'kind' | 'from_s' | 'until_s'>): Change => ({
  campaign_id: null,
  ...fields,
});
/** What is put into a quiet operation, of which the smallest dials 800 times a day. */
const CHANGES = [
  of({ kind: 'machines_jump', campaign_id: 1002, from_s: at(13, 7), until_s: at(14, 19) }),
  of({ kind: 'answers_halved', from_s: at(15, 7), until_s: at(15, 19) }),
  of({ kind: 'machines_jump', from_s: at(20, 12), until_s: at(20, 19) }),
  of({ kind: 'no_attempts', from_s: at(23, 9), until_s: at(23, 12) }),
  of({ kind: 'no_attempts', campaign_id: 1003, from_s: at(26, 8), until_s: at(27, 17) }),
  of({ kind: 'no_attempts', from_s: at(29, 9), until_s: at(30, 12) }),
];

/** Machines take calls that people would have answered. */
const SAME_CAUSE = new Set<Alarm['kind']>(['machines_jump', 'answers_halved']);

function isExplained(alarm: Alarm, change: Change): boolean {
  const same = alarm.kind === change.kind || (SAME_CAUSE.has(alarm.kind) && SAME_CAUSE.has(change.kind));
  return same && meets(alarm, change);
}

test.each(SIZES.flatMap((size) => SEEDS.map((seed) => [size, seed] as const)))(
  'a quiet operation of %i attempts (seed %i): at most one false alarm a week, and none of what is put in is missed',
  (size, seed) => {
    const attempts = attemptsOf(optionsOf('quiet', size, seed));
    expect(watched(minutesOf(attempts)).alarms().length).toBeLessThanOrEqual(WEEKS);
    const alarms = watched(minutesOf(changed(attempts, CHANGES))).alarms();
    const missed = CHANGES.filter(
      (change) =>
        !alarms.some(({ campaign_id, ...alarm }) => {
          if (campaign_id !== change.campaign_id) return false;
          return alarm.kind === change.kind && meets({ ...alarm, campaign_id }, change);
        }),
    );
    expect(missed).toEqual([]);
    const unexplained = alarms.filter((alarm) => !CHANGES.some((change) => isExplained(alarm, change)));
    expect(unexplained.length).toBeLessThanOrEqual(WEEKS);
  },
);

const HARD: readonly WorldName[] = FULL
  ? ['hard_default', 'failing_trunks', 'everything', 'wrong_prefix', 'liar_for_a_week', 'no_trunk_campaigns']
  : ['hard_default', 'everything'];

test.each(HARD.flatMap((world) => SEEDS.slice(0, 2).map((seed) => [world, seed] as const)))(
  '%s (seed %i): outages, congestion and wrong prefixes are told, and little else',
  (world, seed) => {
    const options = optionsOf(world, 60_000, seed);
    const attempts = attemptsOf(options);
    const alarms = watched(minutesOf(attempts)).alarms();
    const truths = truthsOf(attempts, options);
    const provable = truths.filter(({ hits, from_s }) => hits >= PROVABLE && from_s >= KNOWN_FROM_S);
    expect(provable.filter((truth) => !alarms.some((alarm) => isOf(alarm, truth)))).toEqual([]);
    const false_ones = alarms.filter((alarm) => !truths.some((truth) => isOf(alarm, truth)));
    expect(false_ones.length).toBeLessThanOrEqual(WEEKS);
  },
);

test('an alarm says where, from when to when, and how much is usual', () => {
  const attempts = attemptsOf(optionsOf('quiet', 60_000, 1));
  const alarms = watched(minutesOf(changed(attempts, CHANGES))).alarms();
  const silence = alarms.find(({ kind }) => kind === 'no_attempts');
  expect(silence).toMatchObject({ trunk: null, campaign_id: null, seen: 0, attempts: 0 });
  expect(Math.abs((silence?.start_s ?? 0) - at(23, 9))).toBeLessThan(600);
  expect(Math.abs((silence?.end_s ?? 0) - at(23, 12))).toBeLessThan(600);
  // Some 2,300 a day in twelve hours, going by the quieter ones.
  expect(silence?.usual).toBeGreaterThan(150);
  expect(silence?.usual).toBeLessThan(400);
  const halved = alarms.find(({ kind, campaign_id }) => kind === 'answers_halved' && campaign_id === null);
  expect((halved?.seen ?? 1) / (halved?.usual ?? 1)).toBeCloseTo(0.5, 1);
});
