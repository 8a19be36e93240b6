import { FAULT_KINDS } from '@recuento/contract';
import { expect, test } from 'vitest';
import { type Injected, MONDAY_S, minutesOf, type Traffic } from '../../../test/hygiene/minutes.js';
import type { Fault } from './fault.js';
import { FaultFinder } from './find-faults.js';

/** Three trunks that each of four campaigns dials by, and a campaign that tells no trunk. */
const PLACES = [
  ...[1, 2, 3, 4].flatMap((campaign_id) =>
    ['sip-1', 'sip-2', 'sip-3'].map((trunk) => ({ trunk, campaign_id, a_minute: 3 })),
  ),
  { trunk: '', campaign_id: 5, a_minute: 6 },
];

const at = (day: number, hour: number, minute = 0) => MONDAY_S + day * 86_400 + hour * 3_600 + minute * 60;

function found(traffic: Omit<Traffic, 'days' | 'places'> & Partial<Traffic>): Fault[] {
  const whole = { days: 6, places: PLACES, ...traffic };
  const finder = new FaultFinder();
  for (const counts of minutesOf(whole)) finder.learn(counts);
  for (const counts of minutesOf(whole)) finder.watch(counts);
  return finder.faults();
}

/** Attempts of the place that ended in its time as the fault makes them end. */
function badOf(traffic: Traffic, { trunk, campaign_id, kind, start_s, end_s }: Injected): number {
  const name = ({ outage: 'failed', congestion: 'congested', wrong_number_format: 'invalid' } as const)[kind];
  let bad = 0;
  for (const counts of minutesOf(traffic)) {
    const is_there =
      (trunk === null || trunk === counts.trunk) &&
      (campaign_id === null || campaign_id === counts.campaign_id);
    if (is_there && counts.minute_s >= start_s && counts.minute_s < end_s) bad += counts[name];
  }
  return bad;
}

const place = ({ trunk, campaign_id, kind }: Injected) => ({ trunk, campaign_id, kind });
const minutes = (from_s: number, until_s: number) => Math.abs(from_s - until_s) / 60;

/** The same places, and each begins and ends where it was put in, give or take what a lucky minute or two may hide. */
function expectFaults(seed: number, injected: readonly Injected[], tolerance_min = 2): void {
  const faults = found({ seed, faults: injected });
  expect(faults.map(place)).toEqual(injected.map(place));
  for (const [index, fault] of faults.entries()) {
    const put_in = injected[index];
    if (!put_in) throw new Error('as many');
    expect(minutes(fault.start_s, put_in.start_s)).toBeLessThanOrEqual(tolerance_min);
    expect(minutes(fault.end_s, put_in.end_s)).toBeLessThanOrEqual(tolerance_min);
    expect(fault.attempts).toBe(badOf({ seed, days: 6, places: PLACES, faults: injected }, fault));
  }
}

test.each([1, 2, 3, 4, 5, 6])('in quiet minutes no fault is found (seed %i)', (seed) => {
  expect(found({ seed, days: 20 })).toEqual([]);
});

test('nor where there are no attempts at all', () => {
  expect(new FaultFinder().faults()).toEqual([]);
});

test.each(FAULT_KINDS.flatMap((kind) => [1, 2, 3].map((seed) => [kind, seed] as const)))(
  '%s of a trunk, of a campaign, of a trunk in one campaign, and where no trunk is told (seed %i)',
  (kind, seed) => {
    // Congestion lets three calls in ten through, so that its edges are less sharp.
    const tolerance_min = kind === 'congestion' ? 5 : 2;
    const times = (day: number, length_min: number) => ({
      kind,
      start_s: at(day, 15, 7),
      end_s: at(day, 15, 7) + length_min * 60,
    });
    expectFaults(
      seed,
      [
        { trunk: 'sip-2', campaign_id: null, ...times(1, 90) },
        { trunk: null, campaign_id: 3, ...times(2, 60) },
        { trunk: 'sip-1', campaign_id: 4, ...times(3, 120) },
        { trunk: null, campaign_id: 5, ...times(4, 45) },
      ],
      tolerance_min,
    );
  },
);

test('a trunk that is out for two days is out in each of its hours', () => {
  const injected: Injected[] = [
    { trunk: 'sip-3', campaign_id: null, kind: 'outage', start_s: at(1, 16), end_s: at(3, 14) },
  ];
  const faults = found({ seed: 1, faults: injected });
  // Nobody dials at night, so that nobody knows of it.
  expect(faults.map(place)).toEqual(Array(3).fill(place(injected[0] as Injected)));
  expect(faults.map(({ start_s, end_s }) => [start_s, end_s])).toEqual([
    [at(1, 16), at(1, 23)],
    [at(2, 13), at(2, 23)],
    [at(3, 13), at(3, 14)],
  ]);
});

test('a trunk and a campaign that it does not carry fail at once: both are told', () => {
  expectFaults(2, [
    { trunk: 'sip-1', campaign_id: null, kind: 'outage', start_s: at(1, 15), end_s: at(1, 17) },
    { trunk: null, campaign_id: 5, kind: 'outage', start_s: at(1, 15, 30), end_s: at(1, 16, 30) },
  ]);
});

test('two faults of different kinds overlap', () => {
  expectFaults(3, [
    { trunk: 'sip-1', campaign_id: null, kind: 'outage', start_s: at(1, 15), end_s: at(1, 17) },
    { trunk: null, campaign_id: 5, kind: 'wrong_number_format', start_s: at(1, 16), end_s: at(1, 18) },
  ]);
});

test('two trunks fail one after the other, and overlap', () => {
  expectFaults(4, [
    { trunk: 'sip-1', campaign_id: null, kind: 'outage', start_s: at(2, 15), end_s: at(2, 15, 40) },
    { trunk: 'sip-3', campaign_id: null, kind: 'outage', start_s: at(2, 15, 20), end_s: at(2, 16) },
  ]);
});

test('the only trunk of a campaign is told once', () => {
  const places = [
    { trunk: 'own', campaign_id: 1, a_minute: 3 },
    { trunk: 'other', campaign_id: 2, a_minute: 3 },
  ];
  const faults: Injected[] = [
    { trunk: 'own', campaign_id: null, kind: 'outage', start_s: at(1, 15), end_s: at(1, 16) },
  ];
  expect(found({ seed: 5, places, faults }).map(place)).toEqual(faults.map(place));
});
