import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { powercut } from '../../../powercut/trial.js';

const HAS_COMPILER = spawnSync('gcc', ['--version']).status === 0;
/** Two of each kind; more with RECUENTO_FUZZ=full. */
const POINTS = process.env.RECUENTO_FUZZ === 'full' ? 16 : 8;
/** A third of the uploads of `npm run powercut`: what a cut costs is to make the files anew and to start on them. */
const LIVES = { lives_ms: [7_000, 2_000], pause_ms: 2_000 };

/** A short form of `npm run powercut`. */
test.skipIf(!HAS_COMPILER && !process.env.CI)(
  `the power is cut at ${POINTS} points: nothing acknowledged is lost, nothing is there by half`,
  async () => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const outcome = await powercut({ points: POINTS, seed: 3, ...LIVES, at_once: 1, say });
    expect(said.filter((line) => line.startsWith('LOST'))).toEqual([]);
    expect(outcome).toMatchObject({ points: POINTS, lost: 0 });
    // Without these it would have shown nothing.
    expect(outcome.acknowledged).toBeGreaterThan(POINTS);
  },
  1_200_000, // a busy machine makes the files of a cut in half a minute
);
