import { Agent } from 'node:http';
import { askAlone } from '../packages/server/test/neighbours/alone.js';
import { play, type Round, type Stage, Tally } from '../packages/server/test/neighbours/compare.js';
import { MISDEEDS, type MisdeedKind, measure } from '../packages/server/test/neighbours/misdeeds.js';
import { LANES_OF_A, setScene } from '../packages/server/test/neighbours/scene.js';
import { HostileService } from './service.js';
import { numbersOf, type Outcome, type TrialMeans } from './trial.js';

/** So many that the engine writes a large reply in many blocks. */
const SCENE = { attempts_of_a: 150_000, attempts_of_b: 400, askers: 6 };

/** Services that are tried in turn, each for its part of the time: reports at once, and reports short of memory. */
const SETTINGS: readonly NodeJS.ProcessEnv[] = [
  { RECUENTO_READ_SESSIONS: '1' },
  { RECUENTO_READ_SESSIONS: '2' },
  {},
  // A share of some MiB for each: A's reports fail in the engine, in the middle of what they write.
  { RECUENTO_READ_SESSIONS: '12', RECUENTO_REPORT_MEMORY_MIB: '256' },
];

/** Kinds by how often: what is broken off while the engine is at it leaves most behind. */
const KINDS: readonly MisdeedKind[] = [
  ...MISDEEDS,
  'hangs up before the first byte',
  'hangs up before the first byte',
  'hangs up before the first byte',
  'runs into its time limit',
  'runs into its time limit',
];

/**
 * Nobody gets another's rows. B asks all that can be asked, alone at first; then again and again beside A, whose calls
 * hang up, run into their time limit, fail and are left at all moments. Every reply of B is compared byte by byte.
 */
export async function replies({ end_ms, seed, say }: TrialMeans): Promise<Outcome> {
  const all = new Tally();
  const began_ms = performance.now();
  for (const [turn, settings] of SETTINGS.entries()) {
    const until_ms = began_ms + ((end_ms - began_ms) * (turn + 1)) / SETTINGS.length;
    const tally = await beside(settings, until_ms, numbersOf(seed + turn));
    all.add(tally);
    say(`replies, ${JSON.stringify(settings)}: ${told(tally)}`);
    for (const line of tally.mismatches.slice(0, SHOWN)) say(`    ${line.replace(/\s+/g, ' ')}`);
  }
  for (const [ending, count] of [...all.endings].sort()) say(`    A ${ending}: ${count}`);
  // What was found to be somebody else's is a 500, and not sent; but what left it should not have been used.
  const broken = all.mismatches.length + all.leaked + all.failed + all.cut;
  return {
    summary: `replies: ${told(all)}`,
    broken:
      broken === 0
        ? []
        : [`${broken} replies of B were not what B is told alone, ${all.leaked} had rows of A`],
  };
}

const SHOWN = 3;
/** Of each service, once it is filled, whatever that took. */
const LEAST_MS = 15_000;

async function beside(settings: NodeJS.ProcessEnv, until_ms: number, random: () => number): Promise<Tally> {
  const service = await HostileService.start(settings);
  const agent = new Agent({ keepAlive: true });
  const tally = new Tally();
  try {
    const at = { base: service.url, agent };
    const scene = await setScene(service.url, service.admin_token, agent, SCENE);
    const known = await askAlone({ ...at, token: scene.tokens_of_b[0] ?? '' });
    const measured = await measure({ ...at, token: scene.tokens_of_a[0] ?? '' });
    const stage: Stage = { scene, at, known, measured };
    const at_least_ms = performance.now() + LEAST_MS;
    do tally.add(await play(stage, [roundOf(random)]));
    while (performance.now() < Math.max(until_ms, at_least_ms));
    return tally;
  } finally {
    agent.destroy();
    await service.stop();
  }
}

function roundOf(random: () => number): Round {
  const below = (bound: number) => Math.floor(random() * bound);
  const misdeeds = Array.from({ length: 1 + below(LANES_OF_A) }, () => ({
    kind: KINDS[below(KINDS.length)] ?? 'reads it',
    call: below(1_000),
    moment: random(),
  }));
  return { misdeeds, asked: Array.from({ length: 2 + below(24) }, () => below(10_000)) };
}

function told(tally: Tally): string {
  const { compared, mismatches, leaked, refused, failed, cut, misdeeds } = tally;
  const others = `${refused} refused, ${failed} failed, ${cut} cut`;
  return `${compared} compared, ${mismatches.length} mismatched, ${leaked} with rows of A; ${others}; ${misdeeds} calls of A`;
}
