import { cp, mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, figure } from '../answer.js';
import { numbersFrom } from '../args.js';
import { exchange } from '../exchange.js';
import { ServedProcess } from '../served.js';
import { bodyOf, uploadsOf } from '../upload-bodies.js';
import { launcherOf } from './build.js';
import { type Ratio, ratioOf } from './interval.js';
import { type Work, workOf } from './work.js';

const SEED = 42;
const LOADED_AT_ONCE = 10_000;
/** Rounds of each kind that are not counted. */
const WARM_UPS = 5;
/** A ratio whose whole interval lies above it is worse. */
const WORSE = 1.05;

/**
 * `before COMMIT`: the build of another commit and this one, in turns, over the same store: the one before fills it, and this one
 * serves a copy. Each round asks both the same, one right behind the other, and the other one first in the next.
 */
export async function before(
  [commit = '', ...argv]: readonly string[],
  say: (line: string) => void,
): Promise<Answer> {
  if (commit === '' || commit.startsWith('--'))
    throw new Error('Which commit? npm run bench -- before COMMIT');
  const { attempts, rounds } = numbersFrom(argv, { attempts: 500_000, rounds: 60 });
  const launcher = await launcherOf(commit, say);
  const data = await mkdtemp(join(tmpdir(), 'recuento-bench-before-')); // two runs at once must not meet
  try {
    const token = await fill(join(data, 'before'), launcher, attempts, say);
    await cp(join(data, 'before'), join(data, 'now'), { recursive: true });
    const [old, now] = [
      await ServedProcess.start(join(data, 'before'), {}, launcher),
      await ServedProcess.start(join(data, 'now')),
    ];
    try {
      const figures = [];
      for (const work of workOf(WARM_UPS + rounds)) {
        const ratio = await compare(old, now, token, work, rounds);
        say(`  ${work.name.padEnd(42)} ${told(ratio)}`);
        figures.push(figure(`${work.name}, now / before`, ratio.ratio, 'ratio'));
      }
      return {
        about: `This build and that of ${commit}, in turns over the same store: the median of each round's ratio.`,
        setting: `${attempts} attempts, ${rounds} rounds; intervals of 95 % by bootstrap`,
        figures,
      };
    } finally {
      await Promise.all([old.stop(), now.stop()]);
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** @returns a token with all scopes, which is in the store */
async function fill(
  data: string,
  launcher: string,
  attempts: number,
  say: (line: string) => void,
): Promise<string> {
  say(`Filling a store with ${attempts} attempts`);
  const served = await ServedProcess.start(data, {}, launcher);
  const agent = new Agent({ keepAlive: true });
  try {
    const token = await served.operation('before');
    const size = Math.min(LOADED_AT_ONCE, attempts);
    for (const some of uploadsOf(SEED, size, Math.ceil(attempts / size))) {
      const { status, head } = await exchange(agent, {
        url: `${served.url}/v1/attempts`,
        token,
        ...bodyOf(some, 'NDJSON'),
      });
      if (status !== 201) throw new Error(`an upload was answered ${status}: ${head}`);
    }
    return token;
  } finally {
    agent.destroy();
    await served.stop();
  }
}

async function compare(
  old: ServedProcess,
  now: ServedProcess,
  token: string,
  work: Work,
  rounds: number,
): Promise<Ratio> {
  const agents = new Map([old, now].map((served) => [served, new Agent({ keepAlive: true })]));
  const timed = async (served: ServedProcess, round: number) => {
    const { status, ms, head } = await exchange(
      agents.get(served) ?? new Agent(),
      work.ask(served.url, token, round),
    );
    // Where few attempts were asked for, five minutes may hold none: the page says 404.
    if (status >= 300 && status !== 404) throw new Error(`${work.name} was answered ${status}: ${head}`);
    return ms;
  };
  const pairs_ms: [number, number][] = [];
  for (let round = 0; round < WARM_UPS + rounds; round += 1) {
    const times_ms = new Map<ServedProcess, number>();
    for (const served of round % 2 === 0 ? [old, now] : [now, old]) {
      times_ms.set(served, await timed(served, round));
    }
    if (round >= WARM_UPS) pairs_ms.push([times_ms.get(old) ?? Number.NaN, times_ms.get(now) ?? Number.NaN]);
  }
  for (const agent of agents.values()) agent.destroy();
  return ratioOf(pairs_ms);
}

function told({ ratio, from, to }: Ratio): string {
  const verdict = from > WORSE ? 'worse' : to < 1 / WORSE ? 'better' : 'as before';
  return `${ratio.toFixed(3)}   ${from.toFixed(3)} to ${to.toFixed(3)}   ${verdict}`;
}
