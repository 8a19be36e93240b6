import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chain } from './chain.js';
import type { Emissions } from './emissions.js';

interface Step {
  readonly alive: number;
  readonly dead: number;
  readonly dies: number;
  readonly revives: number;
}

function emissions(steps: readonly Step[], dead_at_first: number): Emissions {
  const of = (name: keyof Step) => Float64Array.from(steps, (step) => step[name]);
  return { alive: of('alive'), dead: of('dead'), dies: of('dies'), revives: of('revives'), dead_at_first };
}

/** The same by all histories that the line can have had: for each, how likely it is, and whether it lived at each attempt. */
function byAllHistories(steps: readonly Step[], dead_at_first: number): number[] {
  const alive = steps.map(() => 0);
  let total = 0;
  for (let history = 0; history < 2 ** steps.length; history += 1) {
    const lives = (at: number) => ((history >> at) & 1) === 1;
    let likely = 1;
    for (const [at, step] of steps.entries()) {
      if (at === 0) likely *= lives(0) ? 1 - dead_at_first : dead_at_first;
      else if (lives(at - 1)) likely *= lives(at) ? 1 - step.dies : step.dies;
      else likely *= lives(at) ? step.revives : 1 - step.revives;
      likely *= lives(at) ? step.alive : step.dead;
    }
    total += likely;
    for (const at of steps.keys()) if (lives(at)) alive[at] = (alive[at] ?? 0) + likely;
  }
  return alive.map((sum) => sum / total);
}

const chance = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const step = fc.record({ alive: chance, dead: chance, dies: chance, revives: chance });

test('how likely a line lived at each attempt is what all its histories together say', () => {
  const chain = new Chain(); // its work arrays are kept from line to line
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 9 }), chance, (steps, dead_at_first) => {
      const found = chain.smooth(steps.length, emissions(steps, dead_at_first));
      for (const [at, expected] of byAllHistories(steps, dead_at_first).entries()) {
        expect(found[at]).toBeCloseTo(expected, 9);
      }
    }),
  );
});

test('a line of thousands of attempts, of which some are next to impossible, stays a probability', () => {
  const steps = Array.from({ length: 5_000 }, (_, at) => ({
    alive: at % 7 === 0 ? 1e-300 : 0.9,
    dead: at % 11 === 0 ? 1e-300 : 0.3,
    dies: 0.001,
    revives: 1e-6,
  }));
  const found = new Chain().smooth(steps.length, emissions(steps, 0.1)).subarray(0, steps.length);
  expect(found.every((lives) => lives >= 0 && lives <= 1)).toBe(true);
});

test('a sign of life tells of the attempts before it, where nobody comes back', () => {
  const silent = { alive: 0.5, dead: 1, dies: 0, revives: 0 };
  const lively = { alive: 0.5, dead: 0, dies: 0, revives: 0 };
  const found = new Chain().smooth(3, emissions([silent, lively, silent], 0.5));
  expect([...found.subarray(0, 3)]).toEqual([1, 1, 1]);
});
