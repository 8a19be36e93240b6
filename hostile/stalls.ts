import { setTimeout as sleep } from 'node:timers/promises';
import { summarize } from '../bench/stats.js';
import { Attacker } from './attacker.js';
import { addTo, type Done, nothingDone, WORK, type Work, workOn } from './daily-work.js';
import { HostileService } from './service.js';
import { STALLS } from './stalls/all.js';
import type { Outcome, TrialMeans } from './trial.js';
import { neighbours } from './victims.js';

/** So many calls of each must be measured, quiet and stalled. */
const CALLS = 200;
const WARM_UPS = 20;
/** Under each stall by itself; the rest under all of them. */
const EACH = 8;
const ALL = CALLS - EACH * STALLS.length > 40 ? CALLS - EACH * STALLS.length : 40;
/** The promise: B's times beside a hostile neighbour, in quiet ones. */
const MEDIAN_TIMES = 3;
const P99_TIMES = 10;
/** Until a stall has its effect. */
const BEGIN_MS = 1_500;
/** All at once may take as long as so many of them one by one. */
const LAST_SHARES = 4;
const CALM_WAIT_MS = 5_000;
const PROBE_WAIT_MS = 20_000;

/**
 * Operation A stalls the service in every way, one by one and then in all of them at once, while B does its daily work: a
 * report of five minutes, an upload, an `add_dnc`. B is never refused, and not much slower than when it is alone.
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
    const names = STALLS.map(({ name }) => name);
    const phases = [...names.map((name) => [name]), names];
    for (const [at, phase] of phases.entries()) {
      const all = phase.length > 1;
      // What the stall before left is not on this one's account.
      await service.calm(CALM_WAIT_MS);
      service.forgetPeak();
      await attacker.turnTo(victim, phase);
      await sleep(BEGIN_MS);
      const share_ms = Math.max(0, end_ms - performance.now()) / (phases.length - at + LAST_SHARES - 1);
      const phase_end_ms = performance.now() + share_ms * (all ? LAST_SHARES : 1);
      const done = await workOn(service.url, tokens_of_b, all ? ALL : EACH, phase_end_ms);
      addTo(stalled, done);
      say(`  ${all ? 'all of them at once' : phase[0]}: ${told(done)}; ${await stateOf(service)}`);
      await attacker.turnTo(victim, []);
      if (service.ended) break;
    }
    return judged(quiet, stalled, service.ended, say);
  } finally {
    attacker.stop();
    await service.stop();
  }
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
