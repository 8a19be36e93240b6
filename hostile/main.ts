import { parseArgs } from 'node:util';
import { machineLine } from '../bench/machine.js';
import { bodies } from './bodies.js';
import { memory } from './memory.js';
import { replies } from './replies.js';
import { stalls } from './stalls.js';
import type { Trial } from './trial.js';

/**
 * What hostile neighbours can do to others, tried on the service as it is shipped: in a process of its own, on loopback,
 * over a directory that is thrown away. `npm run hostile` tries everything, `npm run hostile -- replies` one thing;
 * `--minutes 20` takes more time for it, `--seed 7` makes other choices. It prints a line for what it tries as it goes, and
 * one at the end; its exit code is 1 when a promise was broken.
 *
 * - `bodies`: no request holds the event loop for more than 100 ms
 * - `replies`: nobody gets another's rows, whatever is broken off, and whenever
 * - `stalls`: nobody is refused or made much slower by one who stalls
 * - `memory`: all of it stays below the sum of what is stated, and the process lives
 */
const TRIALS: Readonly<Record<string, { readonly trial: Trial; readonly share: number }>> = {
  bodies: { trial: bodies, share: 3 },
  replies: { trial: replies, share: 2 },
  stalls: { trial: stalls, share: 3 },
  memory: { trial: memory, share: 2 },
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const DEFAULT_MINUTES = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string' }, seed: { type: 'string' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(TRIALS);
const chosen = names.map((name) => ({ name, ...known(name) }));
const minutes = wholeNumber('minutes', values.minutes) ?? DEFAULT_MINUTES;
const seed = wholeNumber('seed', values.seed) ?? 1;

// The services that were started end with this process (service.ts).
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const shares = chosen.reduce((sum, { share }) => sum + share, 0);
const of_all = Object.values(TRIALS).reduce((sum, { share }) => sum + share, 0);
// A part of the whole takes its part of the time, unless it was given more.
const total_ms = minutes * 60_000 * (values.minutes === undefined ? shares / of_all : 1);
const summaries: string[] = [];
const broken: string[] = [];
say(`${machineLine()}; seed ${seed}, ${Math.round(total_ms / 60_000)} minutes`);
for (const { name, trial, share } of chosen) {
  const end_ms = performance.now() + (total_ms * share) / shares;
  const outcome = await trial({ end_ms, seed, say });
  summaries.push(outcome.summary);
  broken.push(...outcome.broken.map((promise) => `${name}: ${promise}`));
}
for (const promise of broken) say(`BROKEN ${promise}`);
say(`${summaries.join('; ')}; ${broken.length} promises broken`);
process.exit(broken.length === 0 ? 0 : 1);

function known(name: string) {
  const found = TRIALS[name];
  if (found) return found;
  console.error(`There is no trial ${name}. There are: ${Object.keys(TRIALS).join(', ')}`);
  process.exit(2);
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  console.error(`--${name} is not a whole number from 1 to 9999`);
  process.exit(2);
}
