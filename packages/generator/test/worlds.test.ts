import type { Attempt } from '@recuento/contract';
import { expect, test } from 'vitest';
import {
  type GenerateOptions,
  generate,
  type Oracle,
  oracleOf,
  WORLDS,
  type WorldName,
} from '../src/index.js';
import { attemptsOf, byKey, dayOf, optionsOf, saysInvalid, shareOf, showsLife } from './made.js';

// `satisfies Record` keeps the names, which Object.keys forgets.
const NAMES = Object.keys(WORLDS).filter((name): name is WorldName => name in WORLDS);

test.each(NAMES)('%s: the same seed gives the same bytes', (name) => {
  const options = optionsOf(name, 1_000);
  const bytes = () => JSON.stringify([...generate(options)]);
  expect(bytes()).toBe(bytes());
});

/** What is wrong with an attempt, by what the oracle says of its line and of the call; undefined if nothing is. */
function contradiction(attempt: Attempt, oracle: Oracle): string | undefined {
  const line = oracle.lineAt(attempt.telephone, attempt.dialed_at);
  const met = oracle.attempt(attempt);
  if (!line || !met) return 'the oracle does not know it';
  if (attempt.trunk !== undefined && attempt.trunk !== met.trunk) return 'it tells another trunk';
  const answers = ['live', 'voicemail', 'fax'].includes(line.state);
  if (!answers && showsLife(attempt)) return `a ${line.state} line shows life`;
  if (line.state === 'live' && !line.person) return 'nobody is at the end of a live line';
  const wrong_prefix = met.fault === 'wrong_number_format';
  if (wrong_prefix && !saysInvalid(attempt)) return 'it went through in spite of a wrong prefix';
  if (met.fault === 'outage' && attempt.cause !== 38 && attempt.cause !== 41)
    return 'it went through an outage';
  if (attempt.result === 'congestion' && met.fault !== 'congestion') return 'congestion without a burst';
  const honest = line.out_of_service || line.state === 'blocking' || wrong_prefix || met.lies > 0;
  return saysInvalid(attempt) && !honest ? `a ${line.state} line is called invalid` : undefined;
}

test.each(NAMES)('%s: the truth agrees with the attempts', (name) => {
  const options = optionsOf(name, 20_000);
  const oracle = oracleOf(options);
  const attempts = attemptsOf(options);
  // Backwards, as the oracle is asked in any order.
  attempts.reverse();
  expect(attempts.flatMap((attempt) => contradiction(attempt, oracle) ?? [])).toEqual([]);
  const dead = attempts.filter(({ telephone, dialed_at }) => oracle.stateAt(telephone, dialed_at) === 'dead');
  const plain = dead.filter((attempt) => {
    const truth = oracle.attempt(attempt);
    return !truth?.fault && !truth?.lies;
  });
  expect(dead.length).toBeGreaterThan(100);
  // Where one trunk carries everything and lies, no word is plain.
  if (name === 'small_operation') expect(plain).toEqual([]);
  else expect(Math.abs(shareOf(plain, saysInvalid) - 0.9)).toBeLessThan(0.05);
});

test('in the worlds with more attempts, telephones with five on several days are plenty', () => {
  const options = optionsOf('everything', 60_000);
  const oracle = oracleOf(options);
  const lines = byKey(attemptsOf(options), ({ telephone }) => oracle.spellingsOf(telephone)[0] ?? '');
  const many = [...lines.values()].filter((attempts) => attempts.length >= 5);
  expect(many.length).toBeGreaterThan(3_500);
  expect(shareOf(many, (attempts) => new Set(attempts.map(dayOf)).size >= 3)).toBeGreaterThan(0.95);
  const trunks = (id: string) =>
    oracle.attempt({ attempt_id: id, campaign_id: 1_001, telephone: '573900000000', dialed_at: 0 })?.trunk;
  const several = shareOf(
    many,
    (list) => new Set(list.map(({ attempt_id }) => trunks(attempt_id))).size >= 2,
  );
  expect(several).toBeGreaterThan(0.95);
});

/**
 * What is better than the market: take trunks that are known to lie off the list, then ask for two strong pieces on two
 * days. A world in which that is right is too easy to prove anything.
 */
function rightOfSimpleRule(options: GenerateOptions, oracle: Oracle): number {
  const liars = new Set(options.world?.lying_trunks?.map(({ trunk }) => trunk));
  const believed = attemptsOf(options).filter(
    (attempt) => saysInvalid(attempt) && !(attempt.trunk && liars.has(attempt.trunk)),
  );
  const taken = [...byKey(believed, ({ telephone }) => telephone).values()].filter(
    (evidence) => new Set(evidence.map(dayOf)).size >= 2,
  );
  expect(taken.length).toBeGreaterThan(300);
  return shareOf(taken, (evidence) => {
    const last = evidence.at(-1);
    return last !== undefined && oracle.lineAt(last.telephone, last.dialed_at)?.out_of_service === true;
  });
}

test.each([
  'lying_network',
  'small_lying_networks',
  'old_network',
  'wrong_prefix',
  'no_trunk_third',
  'no_trunk_campaigns',
  'no_trunk_at_all',
  'everything',
] as const)(
  '%s: dropping the liars by a list and asking for two pieces of evidence is wrong too often',
  (name) => {
    const options = optionsOf(name, 100_000);
    expect(rightOfSimpleRule(options, oracleOf(options))).toBeLessThan(0.995);
  },
);

test('in a quiet world the same rule is right', () => {
  const options = optionsOf('quiet', 60_000);
  expect(rightOfSimpleRule(options, oracleOf(options))).toBe(1);
});

test.each([
  [{ attempts_per_telephone: 1 }, /attempts_per_telephone/],
  [{ trunks: 6 }, /trunks/],
  [{ no_trunk_share: 1.1 }, /no_trunk_share/],
  [{ dead_share: 0.8, list_age: 0.5 }, /dead_share/],
  [{ given_up_share: 0.5, suspended_share: 0.5 }, /add up/],
  [{ lying_trunks: [{ trunk: 'nowhere-1', share: 0.5 }] }, /nowhere-1/],
  [{ lying_networks: [{ prefix: '300', share: 0.5 }] }, /300/],
  [{ old_networks: [{ prefix: '391', dead_share: 1 }] }, /391/],
  [{ wrong_prefixes: [{ campaign: 0, day: 1, hour: 24, length_s: 60 }] }, /wrong_prefixes/],
])('what is out of its bounds in a world is named: %j', (world, message) => {
  expect(() => oracleOf({ ...optionsOf('quiet', 100), world })).toThrow(message);
});
