import type { Attempt } from '@recuento/contract';
import { expect, test } from 'vitest';
import { oracleOf } from '../src/index.js';
import { attemptsOf, byKey, dayOf, optionsOf, reaches, shareOf, UNTIL_S } from './made.js';

const options = optionsOf('quiet', 100_000);
const oracle = oracleOf(options);
const live = attemptsOf(options).filter(
  ({ telephone, dialed_at }) => oracle.stateAt(telephone, dialed_at) === 'live',
);
const personOf = ({ telephone, dialed_at }: Attempt) => oracle.lineAt(telephone, dialed_at)?.person;
const chanceOf = ({ telephone, dialed_at, campaign_id }: Attempt) =>
  oracle.reachChance(telephone, dialed_at, campaign_id) ?? Number.NaN;

test.each([
  ['no_answer', 0.36, 0.03],
  ['answer_machine', 0.34, 0.03],
  ['answer', 0.18, 0.02],
  ['busy', 0.05, 0.01],
])('of calls to live lines, %s is about %d', (result, share, within) => {
  expect(Math.abs(shareOf(live, (attempt) => attempt.result === result) - share)).toBeLessThan(within);
});

test('people differ: the oracle tells who picks up how often', () => {
  for (const [least, most] of [
    [0, 0.05],
    [0.05, 0.15],
    [0.15, 0.3],
    [0.3, 0.5],
    [0.5, 1],
  ] as const) {
    const group = live.filter((attempt) => chanceOf(attempt) >= least && chanceOf(attempt) < most);
    const expected = group.reduce((sum, attempt) => sum + chanceOf(attempt), 0) / group.length;
    expect(group.length).toBeGreaterThan(7_000);
    // Tired people pick up a little less than the oracle says of rested ones, and nobody picks up more.
    expect(shareOf(group, reaches)).toBeLessThan(expected * 1.05);
    expect(shareOf(group, reaches)).toBeGreaterThan(expected * 0.8);
  }
});

test('people have hours and days that they like', () => {
  const hour = ({ dialed_at }: Attempt) => Math.floor((dialed_at - 5 * 3_600) / 3_600) % 24;
  const liking = (hours: string) => live.filter((attempt) => personOf(attempt)?.hours === hours);
  const evening = (attempt: Attempt) => hour(attempt) >= 16;
  const reached = (attempts: readonly Attempt[], at: (attempt: Attempt) => boolean) =>
    shareOf(attempts.filter(at), reaches);
  const late = liking('evening');
  expect(reached(late, evening)).toBeGreaterThan(1.3 * reached(late, (attempt) => !evening(attempt)));
  const early = liking('morning');
  expect(reached(early, (attempt) => hour(attempt) < 11)).toBeGreaterThan(1.3 * reached(early, evening));
  const saturday = (attempt: Attempt) => (dayOf(attempt) + 4) % 7 === 6;
  const free = live.filter((attempt) => personOf(attempt)?.days === 'saturday');
  expect(reached(free, saturday)).toBeGreaterThan(1.3 * reached(free, (attempt) => !saturday(attempt)));
});

test('calls of the last days make people pick up less', () => {
  const rested: Attempt[] = [];
  const tired: Attempt[] = [];
  for (const attempts of byKey(live, ({ telephone }) => telephone).values()) {
    for (const [index, attempt] of attempts.entries()) {
      const third_last = attempts[index - 4];
      if (index === 0) rested.push(attempt);
      else if (third_last && attempt.dialed_at - third_last.dialed_at < 3 * 86_400) tired.push(attempt);
    }
  }
  const against = (attempts: readonly Attempt[]) =>
    (shareOf(attempts, reaches) * attempts.length) /
    attempts.reduce((sum, attempt) => sum + chanceOf(attempt), 0);
  expect(tired.length).toBeGreaterThan(2_000);
  expect(against(rested)).toBeGreaterThan(0.95);
  expect(against(tired)).toBeLessThan(0.85);
});

test('who has no machine rings out, who has one rarely does', () => {
  const rings = (machine: boolean) =>
    live.filter(
      (attempt) =>
        personOf(attempt)?.machine === machine && ['no_answer', 'answer_machine'].includes(attempt.result),
    );
  expect(shareOf(rings(false), ({ result }) => result === 'no_answer')).toBe(1);
  expect(Math.abs(shareOf(rings(true), ({ result }) => result === 'answer_machine') - 0.93)).toBeLessThan(
    0.01,
  );
});

test('suspended lines come back after four to ten days as the same person, reassigned ones as another', () => {
  const changing = optionsOf('suspended_reassigned', 40_000);
  const truth = oracleOf(changing);
  const from_s = UNTIL_S - changing.days * 86_400;
  const hours = Array.from({ length: changing.days * 24 }, (_, index) => from_s + index * 3_600);
  let [back, given_on, same] = [0, 0, 0];
  for (const telephone of new Set(
    attemptsOf(changing)
      .slice(0, 12_000)
      .map((attempt) => attempt.telephone),
  )) {
    const lives = hours.map((instant_s) => truth.lineAt(telephone, instant_s));
    const out = lives.filter((line) => line?.state === 'suspended').length;
    const [first, last] = [lives[0], lives.at(-1)];
    if (out > 0 && first?.state === 'live' && last?.state === 'live') {
      back += 1;
      expect(out).toBeGreaterThanOrEqual(4 * 24);
      expect(out).toBeLessThanOrEqual(10 * 24 + 1);
      expect(last.person).toEqual(first.person);
      expect(last.second_person).toBe(false);
    }
    if (first?.state === 'live' && last?.second_person) {
      given_on += 1;
      if (JSON.stringify(first.person) === JSON.stringify(last.person)) same += 1;
    }
  }
  expect(back).toBeGreaterThan(100);
  expect(given_on).toBeGreaterThan(10);
  expect(same).toBeLessThan(given_on / 4);
});

test('telephones in two spellings are one line to the oracle', () => {
  const spelled = optionsOf('two_spellings', 30_000);
  const truth = oracleOf(spelled);
  const attempts = attemptsOf(spelled);
  const lines = byKey(attempts, ({ telephone }) => truth.spellingsOf(telephone)[0] ?? '');
  const two = [...lines.values()].filter(
    (list) => new Set(list.map(({ telephone }) => telephone)).size === 2,
  );
  expect(two.length).toBeGreaterThan(500);
  const kinds = new Set(attempts.map(({ telephone }) => telephone.replace(/39\d{8}$/, '')));
  expect(kinds).toEqual(new Set(['57', '', '+57', '957']));
  const known = ({ telephone }: Attempt) => truth.spellingsOf(telephone).includes(telephone);
  expect(shareOf(attempts, known)).toBe(1);
  expect(truth.spellingsOf('573001234567')).toEqual([]);
});
