import type { Attempt } from '@recuento/contract';
import { expect, test } from 'vitest';
import { oracleOf, type WorldName } from '../src/index.js';
import { attemptsOf, dayOf, optionsOf, saysInvalid, shareOf, UNTIL_S } from './made.js';

/** So many that the shares below are certain to a few hundredths. */
const ATTEMPTS = 60_000;

/** The calls to lines in service that rang out, whatever was said of them, outside faults. */
function rungOut(name: WorldName): Attempt[] {
  const options = optionsOf(name, ATTEMPTS);
  const oracle = oracleOf(options);
  return attemptsOf(options).filter((attempt) => {
    const state = oracle.stateAt(attempt.telephone, attempt.dialed_at);
    if ((state !== 'live' && state !== 'silent') || oracle.attempt(attempt)?.fault) return false;
    return attempt.result === 'no_answer' || saysInvalid(attempt);
  });
}

const on = (trunk: string) => (attempt: Attempt) => attempt.trunk === trunk;

test('a liar lies as often as told, and nobody else does', () => {
  const calls = rungOut('one_liar_60');
  const [liar, others] = [
    calls.filter(on('satelite-1')),
    calls.filter((attempt) => !on('satelite-1')(attempt)),
  ];
  expect(liar.length).toBeGreaterThan(1_500);
  expect(Math.abs(shareOf(liar, saysInvalid) - 0.6)).toBeLessThan(0.04);
  expect(others.filter(saysInvalid)).toEqual([]);
});

test('each of several liars lies as often as told, one of them in every code of dead numbers', () => {
  const calls = rungOut('many_liars');
  const lies = (trunk: string) => shareOf(calls.filter(on(trunk)), saysInvalid);
  expect(Math.abs(lies('satelite-1') - 0.6)).toBeLessThan(0.04);
  expect(Math.abs(lies('cali-1') - 0.35)).toBeLessThan(0.04);
  expect(Math.abs(lies('bogota-2') - 0.15)).toBeLessThan(0.04);
  expect(lies('bogota-1')).toBe(0);
  const codes = (trunk: string) =>
    new Set(
      calls
        .filter(on(trunk))
        .filter(saysInvalid)
        .map(({ sip }) => sip),
    );
  expect(codes('satelite-1')).toEqual(new Set([404]));
  expect(codes('cali-1')).toEqual(new Set([404, 410, 484]));
});

test('a liar for a week lies in that week alone', () => {
  const calls = rungOut('liar_for_a_week').filter(on('medellin-1'));
  const first_day = Math.floor((UNTIL_S - 5 * 3_600) / 86_400) - 31;
  const in_week = (attempt: Attempt) => dayOf(attempt) >= first_day + 11 && dayOf(attempt) < first_day + 18;
  expect(Math.abs(shareOf(calls.filter(in_week), saysInvalid) - 0.7)).toBeLessThan(0.05);
  expect(
    shareOf(
      calls.filter((attempt) => !in_week(attempt)),
      saysInvalid,
    ),
  ).toBe(0);
});

test('a network lies on every trunk, in every spelling of its telephones', () => {
  const calls = rungOut('lying_network');
  const network = calls.filter(({ telephone }) => telephone.startsWith('57397'));
  expect(new Set(network.filter(saysInvalid).map(({ trunk }) => trunk)).size).toBe(5);
  expect(Math.abs(shareOf(network, saysInvalid) - 0.6)).toBeLessThan(0.04);
  expect(
    shareOf(
      calls.filter(({ telephone }) => !telephone.startsWith('57397')),
      saysInvalid,
    ),
  ).toBe(0);
});

test('where a trunk and a network both lie, the one that lies more often decides', () => {
  const options = optionsOf('everything', ATTEMPTS);
  const oracle = oracleOf(options);
  const network = attemptsOf(options).filter(({ telephone }) => telephone.startsWith('57397'));
  const lies = (trunk: string) =>
    new Set(
      network
        .map((attempt) => oracle.attempt(attempt))
        .flatMap((met) => (met?.trunk === trunk ? met.lies : [])),
    );
  expect(lies('satelite-1')).toEqual(new Set([0.6]));
  expect(lies('bogota-2')).toEqual(new Set([0.5]));
});

test('old networks and lists have more of the dead, and do not lie', () => {
  const options = optionsOf('old_network', ATTEMPTS);
  const oracle = oracleOf(options);
  const attempts = attemptsOf(options);
  const dead = (of: (attempt: Attempt) => boolean) =>
    shareOf(
      attempts.filter(of),
      ({ telephone, dialed_at }) => oracle.stateAt(telephone, dialed_at) === 'dead',
    );
  expect(Math.abs(dead(({ telephone }) => telephone.startsWith('57392')) - 0.4)).toBeLessThan(0.04);
  // The last list reaches round to the first, fresh telephones; the one before it is the oldest.
  expect(dead(({ campaign_id }) => campaign_id === 1_005)).toBeGreaterThan(
    1.5 * dead(({ campaign_id }) => campaign_id === 1_001),
  );
  const false_words = rungOut('old_network').filter(saysInvalid);
  expect(false_words.filter(({ telephone }) => telephone.startsWith('57392'))).toEqual([]);
});

test('a wrong prefix has a whole campaign called invalid, for its hours, on two days', () => {
  const options = optionsOf('everything', ATTEMPTS);
  const oracle = oracleOf(options);
  const hit = attemptsOf(options).filter(
    (attempt) => oracle.attempt(attempt)?.fault === 'wrong_number_format',
  );
  expect(hit.length).toBeGreaterThan(60);
  expect(shareOf(hit, saysInvalid)).toBe(1);
  expect(new Set(hit.map(({ sip }) => sip))).toEqual(new Set([404, 484]));
  expect(
    new Set(hit.map(({ campaign_id, dialed_at }) => `${campaign_id} ${Math.floor(dialed_at / 86_400)}`)).size,
  ).toBe(2);
});

test('trunks are out and congested where the oracle says', () => {
  const options = optionsOf('failing_trunks', ATTEMPTS);
  const oracle = oracleOf(options);
  const attempts = attemptsOf(options);
  const out = attempts.filter((attempt) => oracle.attempt(attempt)?.fault === 'outage');
  expect(new Set(out.map(({ trunk, sip }) => `${trunk} ${sip}`))).toEqual(new Set(['cali-1 503']));
  expect(new Set(out.map(dayOf)).size).toBe(1);
  const congested = attempts.filter((attempt) => oracle.attempt(attempt)?.fault === 'congestion');
  expect(Math.abs(shareOf(congested, ({ result }) => result === 'congestion') - 0.7)).toBeLessThan(0.04);
});

test('trunks are untold as often as asked for, of some calls or of whole campaigns', () => {
  const untold = ({ trunk }: Attempt) => trunk === undefined;
  expect(Math.abs(shareOf(attemptsOf(optionsOf('no_trunk_third', 50_000)), untold) - 1 / 3)).toBeLessThan(
    0.02,
  );
  expect(shareOf(attemptsOf(optionsOf('no_trunk_at_all', 5_000)), untold)).toBe(1);
  const by_campaign = attemptsOf(optionsOf('no_trunk_campaigns', 50_000));
  expect(new Set(by_campaign.filter(untold).map(({ campaign_id }) => campaign_id))).toEqual(
    new Set([1_005, 1_006]),
  );
  const first = by_campaign.filter(({ campaign_id }) => campaign_id === 1_001);
  expect(shareOf(first, on('bogota-1'))).toBeGreaterThan(0.8);
});
