import { type Attempt, attemptSchema } from '@recuento/contract';
import { expect, test } from 'vitest';
import { BATCH_ATTEMPTS, campaignNames, type GenerateOptions, generate, oracleOf } from '../src/index.js';

/** October 2026 in Bogota: 31 days, until midnight. */
const OCTOBER: GenerateOptions = {
  seed: 42,
  attempts: 100_000,
  until_s: Date.UTC(2026, 10, 1, 5) / 1_000,
  days: 31,
  campaigns: 6,
};

const deliveries = [...generate(OCTOBER)].flat();
const attempts = [...new Map(deliveries.map((attempt) => [attempt.attempt_id, attempt])).values()];
const share = (of: (attempt: Attempt) => boolean) => attempts.filter(of).length / attempts.length;
const resulted = (result: string) => share((attempt) => attempt.result === result);

test('the same seed gives the same attempts, another seed others', () => {
  const few = { ...OCTOBER, attempts: 2_000 };
  expect([...generate(few)]).toEqual([...generate(few)]);
  expect([...generate({ ...few, seed: 43 })]).not.toEqual([...generate(few)]);
});

test('gives as many distinct attempts as asked for, in batches that one upload may hold', () => {
  expect(attempts).toHaveLength(OCTOBER.attempts);
  for (const batch of generate(OCTOBER)) expect(batch.length).toBeLessThanOrEqual(BATCH_ATTEMPTS);
});

test('every attempt is one that the service takes, in the window', () => {
  for (const attempt of attempts.slice(0, 5_000)) {
    const sent = { ...attempt, dialed_at: new Date(attempt.dialed_at * 1_000).toISOString() };
    expect(attemptSchema.parse(sent)).toEqual(attempt);
  }
  const from_s = OCTOBER.until_s - OCTOBER.days * 86_400;
  expect(share(({ dialed_at }) => dialed_at < from_s || dialed_at >= OCTOBER.until_s)).toBe(0);
});

// Bands around the figures that the shares were taken from; congestion depends on how many bursts there were.
test.each([
  ['no_answer', 0.23, 0.35],
  ['answer_machine', 0.28, 0.36],
  ['busy', 0.03, 0.06],
  ['congestion', 0.005, 0.02],
  ['failed', 0.12, 0.19],
  ['answer', 0.1, 0.25],
])('the share of %s is between %d and %d', (result, least, most) => {
  expect(resulted(result)).toBeGreaterThan(least);
  expect(resulted(result)).toBeLessThan(most);
});

test('attempts by telephone are geometric with a tail', () => {
  const counts = new Map<string, number>();
  for (const { telephone } of attempts) counts.set(telephone, (counts.get(telephone) ?? 0) + 1);
  const sorted = [...counts.values()].sort((a, b) => a - b);
  const at = (place: number) => sorted[Math.floor(place * sorted.length)] ?? 0;
  expect(attempts.length / sorted.length).toBeGreaterThan(2.2);
  expect(attempts.length / sorted.length).toBeLessThan(2.8);
  expect(at(0.5)).toBe(2);
  expect(at(0.99)).toBeGreaterThan(9);
  expect(at(0.99)).toBeLessThan(16);
});

test('nothing is dialed on Sunday or at night', () => {
  const wall = ({ dialed_at }: Attempt) => new Date((dialed_at - 5 * 3_600) * 1_000);
  expect(share((attempt) => wall(attempt).getUTCDay() === 0)).toBe(0);
  expect(share((attempt) => wall(attempt).getUTCHours() < 7 || wall(attempt).getUTCHours() >= 19)).toBe(0);
});

test('about 3 % come twice, and the second delivery is the same', () => {
  const first = new Map<string, Attempt>();
  let again = 0;
  for (const attempt of deliveries) {
    const earlier = first.get(attempt.attempt_id);
    if (earlier) {
      expect(attempt).toEqual(earlier);
      again += 1;
    } else first.set(attempt.attempt_id, attempt);
  }
  expect(again / attempts.length).toBeGreaterThan(0.025);
  expect(again / attempts.length).toBeLessThan(0.035);
});

test('each campaign has a name, and they share telephones', () => {
  const names = campaignNames(OCTOBER.campaigns);
  expect(new Set(names.values()).size).toBe(OCTOBER.campaigns);
  const campaigns = new Map<string, Set<number>>();
  for (const { telephone, campaign_id } of attempts) {
    expect(names.has(campaign_id)).toBe(true);
    campaigns.set(telephone, (campaigns.get(telephone) ?? new Set()).add(campaign_id));
  }
  expect([...campaigns.values()].filter(({ size }) => size > 1).length).toBeGreaterThan(1_000);
  expect(new Set(campaignNames(200).values()).size).toBe(200);
});

test('a number nobody has, all its life, never answers and mostly fails', () => {
  const oracle = oracleOf(OCTOBER);
  const dead = attempts.filter(({ telephone, dialed_at }) => oracle.stateAt(telephone, dialed_at) === 'dead');
  expect(dead.length).toBeGreaterThan(10_000);
  expect(dead.filter(({ result }) => !['failed', 'no_answer', 'congestion'].includes(result))).toEqual([]);
  expect(dead.filter(({ result }) => result === 'failed').length / dead.length).toBeGreaterThan(0.87);
});

test('some telephones change their state on the way, and their attempts with them', () => {
  const oracle = oracleOf(OCTOBER);
  const from_s = OCTOBER.until_s - OCTOBER.days * 86_400;
  const died = attempts.filter(
    ({ telephone }) =>
      oracle.stateAt(telephone, from_s) === 'live' && oracle.stateAt(telephone, OCTOBER.until_s) === 'dead',
  );
  const answered = died.filter(({ result }) => result === 'answer');
  expect(answered.length).toBeGreaterThan(50);
  for (const { telephone, dialed_at } of answered) expect(oracle.stateAt(telephone, dialed_at)).toBe('live');
});

test('the oracle lists the dead in every spelling and knows no stranger', () => {
  const oracle = oracleOf(OCTOBER);
  const dead = new Set(oracle.deadAt(OCTOBER.until_s));
  const dialed = new Set(attempts.map(({ telephone }) => telephone));
  for (const telephone of dialed) {
    expect(dead.has(telephone)).toBe(oracle.stateAt(telephone, OCTOBER.until_s) === 'dead');
  }
  expect([...dialed].filter((telephone) => !telephone.startsWith('57')).length).toBeGreaterThan(100);
  expect(oracle.stateAt('573001234567', OCTOBER.until_s)).toBeUndefined();
});

test('one trunk is out for a day', () => {
  const oracle = oracleOf(OCTOBER);
  const outages = attempts.filter(({ cause }) => cause === 38 || cause === 41);
  // Some of its attempts do not tell the trunk; the oracle knows it all the same.
  expect(new Set(outages.map((attempt) => oracle.attempt(attempt)?.trunk))).toEqual(new Set(['cali-1']));
  expect(new Set(outages.map(({ dialed_at }) => Math.floor((dialed_at - 5 * 3_600) / 86_400))).size).toBe(1);
});

test('an option out of its bounds is named', () => {
  expect(() => [...generate({ ...OCTOBER, campaigns: 0 })]).toThrow(/campaigns is not a whole number from 1/);
});
