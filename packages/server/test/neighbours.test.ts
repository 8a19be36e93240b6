import { Agent } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { casesOf } from './cases.js';
import { ADMIN_TOKEN, TestService } from './harness.js';
import { askAlone, type Known } from './neighbours/alone.js';
import { play, type Round, type Stage, Tally } from './neighbours/compare.js';
import { MISDEEDS, measure } from './neighbours/misdeeds.js';
import { type Question, questionsOfB } from './neighbours/questions.js';
import { type Scene, setScene } from './neighbours/scene.js';

/**
 * Nobody gets another's rows: whatever A does with its calls, and whenever, B is told what B is told alone, byte by
 * byte. `npm run hostile -- replies` does the same at length, against a service in a process of its own.
 */
const SCENE = { attempts_of_a: 70_000, attempts_of_b: 400, askers: 3 };
/** Of each setting; a service that uses a broken session again fails one of them, and more are tried in full. */
const SCHEDULES = process.env.RECUENTO_FUZZ === 'full' ? 4 : 1;
const ROUNDS = 9;
/**
 * So many of B's questions, others each time: about as many as the schedules of a run ask. To know what B is told alone, each is asked
 * up to four times.
 */
const QUESTIONS = 60;
/** Replies of A have some 20 MB, and the machine of a test is busy. */
const MAX_MS = 600_000;

const agent = new Agent({ keepAlive: true });
let service: TestService;
let scene: Scene;
let known: Known[];
beforeAll(async () => {
  service = await TestService.start();
  scene = await setScene(service.service.url, ADMIN_TOKEN, agent, SCENE);
  const caller = { base: service.service.url, agent, token: scene.tokens_of_b[0] ?? '' };
  known = await askAlone(caller, questionsOfRun());
});
afterAll(async () => {
  agent.destroy();
  await service.stop();
});

function questionsOfRun(): Question[] {
  const all = questionsOfB();
  if (process.env.RECUENTO_FUZZ === 'full') return all;
  return fc.sample(fc.shuffledSubarray(all, { minLength: QUESTIONS, maxLength: QUESTIONS }), 1).flat();
}

/** Most that A breaks off is broken off while the engine is at it: that is where something is left behind. */
const kind = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...MISDEEDS) },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'hangs up before the first byte' as const,
      'runs into its time limit' as const,
    ),
  },
);
/** Of numbers with a point most are next to nothing. */
const moment = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000);
const misdeed = fc.record({ kind, call: fc.nat(9), moment });
const round: fc.Arbitrary<Round> = fc.record({
  misdeeds: fc.array(misdeed, { minLength: 1, maxLength: 3 }),
  asked: fc.array(fc.nat(10_000), { minLength: 2, maxLength: 8 }),
});
/** Of all settings together. */
const every = new Tally();
/** Each thing half-way, one a round, beside what is drawn: no kind is left to luck. */
const EACH_KIND = MISDEEDS.map((each, call) => ({ kind: each, call, moment: 0.5 }));
const schedule = fc.array(round, { minLength: ROUNDS, maxLength: ROUNDS }).map((rounds) =>
  rounds.map(({ misdeeds, asked }, at) => ({
    misdeeds: [...misdeeds, ...EACH_KIND.slice(at, at + 1)],
    asked,
  })),
);

const SETTINGS = [
  { read_sessions: 1 },
  // A's reports fail in the engine, which has some MiB for each.
  { read_sessions: 12, report_memory_mib: 256 },
  {},
  // Between the first and what a service has that is told nothing.
  { read_sessions: 2 },
];

test.each(SETTINGS.slice(0, casesOf({ embedded: 3, server: 2, full: 4 })))(
  'with %o, every reply of one is what it is told alone, whatever the other leaves or breaks',
  async (settings) => {
    await service.restart(settings);
    const at = { base: service.service.url, agent };
    const measured = await measure({ ...at, token: scene.tokens_of_a[0] ?? '' });
    const stage: Stage = { scene, at, known, measured };
    const all = new Tally();
    await fc.assert(
      fc.asyncProperty(schedule, async (rounds) => {
        const tally = await play(stage, rounds);
        all.add(tally);
        expect(tally.mismatches).toEqual([]);
        expect(tally.leaked).toBe(0);
      }),
      // What it takes to break it is a matter of moments: a smaller schedule would be another one.
      { numRuns: SCHEDULES, endOnFailure: true },
    );
    // Without these it would have shown nothing: A's calls were broken off, and B's were answered.
    expect(all.misdeeds).toBeGreaterThanOrEqual(SCHEDULES * ROUNDS);
    expect(all.compared).toBeGreaterThanOrEqual(SCHEDULES * ROUNDS * 2);
    // A reply that was found to be somebody else's is a 500 and not a leak, but what left it should not have been used.
    expect([all.failed, all.cut]).toEqual([0, 0]);
    every.add(all);
  },
  MAX_MS,
);

test('what the other left was left in many ways, and hardly a reply was refused for it', () => {
  const left = [...every.endings.keys()].filter((name) => /hung up|left|50[034]|cut/.test(name));
  expect(left.length).toBeGreaterThan(3);
  expect(every.refused).toBeLessThan(every.compared / 20);
});
