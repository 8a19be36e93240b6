import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIRST_BELIEF } from './believed.js';
import { Chain } from './chain.js';
import { ODDS_MAX, oddsOfDeath, type Silence } from './dead-odds.js';
import { SAID, wordOf } from './lines.js';

const attempt = fc.record({
  after_days: fc.double({ min: 0, max: 40, noNaN: true }),
  said: fc.constantFrom(SAID.invalid, SAID.invalid, SAID.quiet, SAID.doubtful, SAID.changed, SAID.malformed),
  lie: fc.double({ min: 0.002, max: 0.9, noNaN: true }),
});
const silence: fc.Arbitrary<Silence> = fc
  .record({
    before: fc.nat(5),
    lively: fc.nat(5),
    alive_at_days: fc.option(fc.constant(99), { nil: undefined }),
    attempts: fc.array(attempt, { minLength: 1, maxLength: 8 }),
  })
  .map(({ before, lively, alive_at_days, attempts }) => {
    let at_days = 100;
    return {
      before,
      lively_before: Math.min(before, lively),
      alive_at_days,
      attempts: attempts.map(({ after_days, ...one }) => {
        at_days += after_days;
        return { ...one, at_days };
      }),
    };
  });

/** The chain's probability that the line lives after its last attempt. @param revives_a_day 0: a dead line stays dead */
function livesByChain(
  { before, lively_before, alive_at_days, attempts }: Silence,
  revives_a_day: number,
): number {
  const { life, dead_said, alive_doubtful, dies_a_day, dead_at_first } = FIRST_BELIEF;
  const steps = attempts.map(({ at_days, said, lie }, index) => {
    const silent = (life.beta + before + index - lively_before) / (life.alpha + life.beta + before + index);
    const since = index === 0 ? alive_at_days : attempts[index - 1]?.at_days;
    const days = since === undefined ? 0 : at_days - since;
    const change = { dies: 1 - Math.exp(-dies_a_day * days), revives: 1 - Math.exp(-revives_a_day * days) };
    if (wordOf(said) !== undefined) return { ...change, alive: silent * lie, dead: dead_said.invalid };
    if (said === SAID.doubtful) {
      return { ...change, alive: silent * (1 - lie) * alive_doubtful, dead: dead_said.doubtful };
    }
    const dead = 1 - dead_said.invalid - dead_said.doubtful;
    return { ...change, alive: silent * (1 - lie) * (1 - alive_doubtful), dead };
  });
  // A line that lived begins with a sign of it, which no dead one gives.
  const sign = { dies: 0, revives: 0, alive: 1, dead: 0 };
  const all = alive_at_days === undefined ? steps : [sign, ...steps];
  const of = (name: keyof typeof sign) => Float64Array.from(all, (step) => step[name]);
  const emissions = { alive: of('alive'), dead: of('dead'), dies: of('dies'), revives: of('revives') };
  const lives = new Chain().smooth(all.length, { ...emissions, dead_at_first });
  return lives[all.length - 1] ?? 0;
}

test('the odds are those of the chain after the last attempt, and then, if nobody ever comes back', () => {
  fc.assert(
    fc.property(silence, (one) => {
      const odds = oddsOfDeath(one, FIRST_BELIEF);
      expect(1 / (1 + odds.now)).toBeCloseTo(livesByChain(one, FIRST_BELIEF.revives_a_day), 9);
      expect(1 / (1 + odds.at_evidence)).toBeCloseTo(livesByChain(one, 0), 9);
    }),
  );
});

test('nothing that a network says is more than certain', () => {
  const attempts = Array.from({ length: 400 }, () => ({ at_days: 7, said: SAID.invalid, lie: 0.002 }));
  const silent = { before: 0, lively_before: 0, alive_at_days: undefined, attempts };
  expect(oddsOfDeath(silent, FIRST_BELIEF)).toEqual({ at_evidence: ODDS_MAX, now: ODDS_MAX });
});

test('without attempts since, a line is as likely dead as it was', () => {
  const none = { before: 0, lively_before: 0, attempts: [] };
  const { dead_at_first } = FIRST_BELIEF;
  const at_first = dead_at_first / (1 - dead_at_first);
  expect(oddsOfDeath({ ...none, alive_at_days: undefined }, FIRST_BELIEF)).toEqual({
    at_evidence: at_first,
    now: at_first,
  });
  expect(oddsOfDeath({ ...none, alive_at_days: 3 }, FIRST_BELIEF)).toEqual({ at_evidence: 0, now: 0 });
});
