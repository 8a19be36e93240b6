import { parseArgs } from 'node:util';
import { NoCompiler } from './recorder.js';
import { powercut } from './trial.js';

/**
 * `npm run powercut`: the power is cut at 500 points of what a service does to its disk, and nothing that it acknowledged may be
 * lost. `--points 50` tries fewer, `--seed 7` makes other choices. It ends with `N points, N lost`; its exit code is 1
 * when something was lost, and 2 when it cannot be tried here.
 */
const { values } = parseArgs({ options: { points: { type: 'string' }, seed: { type: 'string' } } });
const points = wholeNumber('points', values.points) ?? 500;
const seed = wholeNumber('seed', values.seed) ?? 1;
const say = (line: string) => process.stdout.write(`${line}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

try {
  // Checkpoints come every five seconds; two of the lives see one or more, and one ends before its first.
  const lives = { lives_ms: [12_000, 2_000, 7_000], pause_ms: 700 };
  const outcome = await powercut({ points, seed, ...lives, at_once: 2, say });
  say(`${outcome.acknowledged} acknowledgements looked for`);
  say(`${outcome.points} points, ${outcome.lost} lost`);
  process.exitCode = outcome.lost === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoCompiler)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  console.error(`--${name} is not a whole number from 1 to 99999`);
  process.exit(2);
}
