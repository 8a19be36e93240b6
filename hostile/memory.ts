import { setTimeout as sleep } from 'node:timers/promises';
import { Attacker } from './attacker.js';
import { BOUNDS_MIB, SETTINGS, SUM_MIB } from './bounds.js';
import { HostileService } from './service.js';
import { STALLS } from './stalls/all.js';
import type { Outcome, TrialMeans } from './trial.js';
import { neighbours } from './victims.js';

/** Of what is left, for all of them at once; the rest is for each by itself. */
const ALL_SHARES = 6;
const LEAST_MS = 3_000;
const CALM_WAIT_MS = 5_000;
const LOOK_EVERY_MS = 100;
const ANSWER_WAIT_MS = 30_000;

/** Memory under every stall, and all of them at once, beside the sum of what the service says of itself. It lives on. */
export async function memory({ end_ms, say }: TrialMeans): Promise<Outcome> {
  const service = await HostileService.start(SETTINGS);
  const attacker = new Attacker();
  let peak_mib = 0;
  try {
    const { victim } = await neighbours(service);
    say(`  filled, at rest: ${service.memory().now_mib} MiB`);
    const names = STALLS.map(({ name }) => name);
    const phases = [...names.map((name) => [name]), names];
    for (const [at, phase] of phases.entries()) {
      const all = phase.length > 1;
      await service.calm(CALM_WAIT_MS);
      await attacker.turnTo(victim, phase);
      const share_ms = (end_ms - performance.now()) / (phases.length - at + ALL_SHARES - 1);
      const until_ms = performance.now() + Math.max(LEAST_MS, share_ms) * (all ? ALL_SHARES : 1);
      const seen_mib = await highest(service, until_ms);
      peak_mib = Math.max(peak_mib, seen_mib);
      await attacker.turnTo(victim, []);
      say(`  ${all ? 'all of them at once' : phase[0]}: ${seen_mib} MiB`);
      if (service.ended) break;
    }
    const lives = !service.ended && (await answers(service));
    const bounds = Object.entries(BOUNDS_MIB).map(([name, bound]) => `${name} ${bound}`);
    say(`memory: peak ${peak_mib} MiB; the sum of the bounds is ${SUM_MIB} MiB (${bounds.join(', ')})`);
    return {
      summary: `memory: peak ${peak_mib} MiB of ${SUM_MIB} MiB that are stated, the service ${lives ? 'lives' : 'does not answer any more'}`,
      broken: [
        ...(peak_mib < SUM_MIB ? [] : [`the peak of ${peak_mib} MiB is not below ${SUM_MIB} MiB`]),
        ...(lives ? [] : [service.ended ? 'the service ended' : `no answer in ${ANSWER_WAIT_MS / 1_000} s`]),
      ],
    };
  } finally {
    attacker.stop();
    await service.stop();
  }
}

async function highest(service: HostileService, until_ms: number): Promise<number> {
  let highest_mib = 0;
  while (performance.now() < until_ms && !service.ended) {
    highest_mib = Math.max(highest_mib, service.memory().now_mib);
    await sleep(LOOK_EVERY_MS);
  }
  return highest_mib;
}

async function answers(service: HostileService): Promise<boolean> {
  try {
    const reply = await fetch(`${service.url}/healthz`, { signal: AbortSignal.timeout(ANSWER_WAIT_MS) });
    return reply.ok;
  } catch {
    return false;
  }
}
