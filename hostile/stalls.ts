import { setTimeout as sleep } from 'node:timers/promises';
import { summarize } from '../bench/stats.js';
import { Attacker } from './attacker.js';
import { addTo, type Done, nothingDone, WORK, type Work, workOn } from './daily-work.js';
import { HostileService } from './service.js';
import { STALLS } from './stalls/all.js';
import type { Stall } from './stalls/stall.js';
import type { Outcome, TrialMeans } from './trial.js';
import { neighbours } from './victims.js';

/** So many calls of each must be measured, quiet and stalled. */
const CALLS = 200;
const WARM_UPS = 20;
/** Under each stall by itself; the rest under all of one operation's at once. */
const EACH = 8;
const TOGETHER = Math.max(40, CALLS - EACH * STALLS.length);
/** Under all of them, those of strangers too. */
const ALL = 10;
/** The promise: B's times beside a hostile neighbour, in quiet ones. */
const MEDIAN_TIMES = 3;
const P99_TIMES = 10;
/** Until a stall has its effect. */
const BEGIN_MS = 1_500;
/** Many at once may take as long as so many of them one by one. */
const MANY_SHARES = 4;
const CALM_WAIT_MS = 5_000;
const PROBE_WAIT_MS = 20_000;

/** What A does at a time, and what B does meanwhile. */
interface Phase {
  readonly name: string;
  readonly stalls: readonly string[];
  readonly rounds: number;
  /** Its times are told, and held to no promise: whoever comes waits behind thousands of connections that nobody answers for. */
  readonly is_beyond?: true;
}

const named = (stalls: readonly Stall[]) => stalls.map(({ name }) => name);
const PHASES: readonly Phase[] = [
  ...STALLS.map(({ name }) => ({ name, stalls: [name], rounds: EACH })),
  {
    name: 'all of the operation at once',
    stalls: named(STALLS.filter((stall) => !stall.by_strangers && !stall.is_beyond_share)),
    rounds: TOGETHER,
  },
  {
    name: 'all at once, strangers, and 3,000 connections',
    stalls: named(STALLS),
    rounds: ALL,
    is_beyond: true,
  },
];

/**
 * Operation A stalls the service in every way, one by one, then in all of its own at once, and at last with strangers beside
 * it and on more connections than its share. B does its daily work meanwhile: a report of five minutes, an upload, an `add_dnc`.
 * B is never refused, and not much slower
 * than when it is alone; at last it must only be answered.
 */
export async function stalls({ end_ms, say }: TrialMeans): Promise<Outcome> {
  const service = await HostileService.start();
  const attacker = new Attacker();
  const stalled = nothingDone();
  try {
    const { victim, tokens_of_b } = await neighbours(service);
    await workOn(service.url, tokens_of_b, WARM_UPS, end_ms);
    const quiet = await workOn(service.url, tokens_of_b, CALLS, end_ms);
    say(`  quiet: ${told(quiet)}`);
    for (const [at, phase] of PHASES.entries()) {
      // What the stall before left is not on this one's account.
      await service.calm(CALM_WAIT_MS);
      service.forgetPeak();
      await attacker.turnTo(victim, phase.stalls);
      await sleep(BEGIN_MS);
      const left = PHASES.slice(at).reduce((sum, { stalls }) => sum + sharesOf(stalls), 0);
      const share_ms = Math.max(0, end_ms - performance.now()) / left;
      const phase_end_ms = performance.now() + share_ms * sharesOf(phase.stalls);
      const done = await workOn(service.url, tokens_of_b, phase.rounds, phase_end_ms);
      addTo(stalled, phase.is_beyond ? { ...done, times_ms: nothingDone().times_ms } : done);
      say(`  ${phase.name}: ${told(done)}; ${await stateOf(service)}`);
      await attacker.turnTo(victim, []);
      if (service.ended) break;
    }
    return judged(quiet, stalled, service.ended, say);
  } finally {
    attacker.stop();
    await service.stop();
  }
}

function sharesOf(stalls: readonly string[]): number {
  return stalls.length > 1 ? MANY_SHARES : 1;
}

async function stateOf(service: HostileService): Promise<string> {
  const delay = await service.delay(PROBE_WAIT_MS);
  const held = delay ? `${delay.max_ms.toFixed(0)} ms` : `over ${PROBE_WAIT_MS} ms`;
  return `event loop held ${held}, memory peak ${service.memory().peak_mib} MiB`;
}

function judged(quiet: Done, stalled: Done, ended: boolean, say: (line: string) => void): Outcome {
  const broken: string[] = ended ? ['the service ended'] : [];
  const figures: string[] = [];
  for (const work of WORK) {
    const refused = stalled.refusals[work].length;
    // One that was never done took for ever.
    const [before, after] = [quiet, stalled].map(({ times_ms }) =>
      summarize(times_ms[work].length > 0 ? times_ms[work] : [Number.POSITIVE_INFINITY]),
    );
    if (!before || !after) continue;
    const line =
      `${work}: median ${ms(before.median_ms)} quiet, ${ms(after.median_ms)} stalled; 99th percentile ` +
      `${ms(before.p99_ms)} quiet, ${ms(after.p99_ms)} stalled; ${stalled.times_ms[work].length} done, ${refused} refused`;
    say(`stalls: ${line}`);
    figures.push(line);
    if (refused > 0) broken.push(`${work}: ${refused} refused`);
    if (after.median_ms >= MEDIAN_TIMES * before.median_ms)
      broken.push(`${work}: the median is not below ${MEDIAN_TIMES} times the quiet one`);
    if (after.p99_ms >= P99_TIMES * before.p99_ms)
      broken.push(`${work}: the 99th percentile is not below ${P99_TIMES} times the quiet one`);
    const calls = Math.min(quiet.times_ms[work].length, stalled.times_ms[work].length + refused);
    if (calls < CALLS) broken.push(`${work}: there was time for ${calls} calls only, of ${CALLS}`);
  }
  return { summary: `stalls: ${STALLS.length} kinds; ${figures.join('; ')}`, broken };
}

function told({ times_ms, refusals }: Done): string {
  const one = (work: Work) => {
    const times = times_ms[work];
    const done =
      times.length > 0
        ? `${ms(summarize(times).median_ms)} (max ${ms(summarize(times).max_ms)})`
        : 'none done';
    const refused =
      refusals[work].length > 0 ? `, ${refusals[work].length} refused (${refusals[work][0]})` : '';
    return `${work} ${done}${refused}`;
  };
  return WORK.map(one).join(', ');
}

const ms = (time_ms: number) => `${time_ms.toFixed(1)} ms`;
