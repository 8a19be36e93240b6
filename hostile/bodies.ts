import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../bench/stats.js';
import { hostileHeads } from './bodies/heads.js';
import { freeswitchPosts, twilioPosts } from './bodies/hooks.js';
import { hostileFiles } from './bodies/imports.js';
import { GOOD, hostileLines, hostileLists } from './bodies/json.js';
import { type Hostile, post } from './bodies/post.js';
import { newOperation } from './operation.js';
import { HostileService, TWILIO_SERVER } from './service.js';
import type { Outcome, TrialMeans } from './trial.js';

/** The promise: no request holds the event loop for longer. */
const MOST_MS = 100;
const ROUNDS = 3;
/** What takes so long is no accident of a busy machine, and not tried again. */
const NO_ACCIDENT_MS = 2_000;
/** Who does not answer the probe for so long is ended, and another service is started. */
const GIVE_UP_MS = 10_000;
/** A hostile request has its effect until here: what it left is collected, what was decided late is done. */
const SETTLE_MS = 80;
/** Before it all: the first requests of a service pay for what the later ones find compiled. */
const WARM_UPS = 3;

/** How one of them went. */
interface Seen {
  readonly max_ms: number;
  readonly p99_ms: number;
  readonly peak_mib: number;
  readonly status: string;
}

const IDLE: Hostile = { name: 'idle: nothing is sent for half a second', path: '' };
const IDLE_MS = 500;

/**
 * The delay of the service's event loop under every hostile body, beside that of 10,000 good records and of nothing at
 * all, in turns. Exit code by the medians, as the machine may be busy with something else at any one time.
 */
export async function bodies({ end_ms, say }: TrialMeans): Promise<Outcome> {
  const hostile = [
    ...hostileLists(),
    ...hostileLines(),
    ...twilioPosts(TWILIO_SERVER),
    ...freeswitchPosts(),
    ...hostileFiles(),
    ...hostileHeads(),
  ];
  const seen = new Map<Hostile, Seen[]>([IDLE, GOOD, ...hostile].map((one) => [one, []]));
  const target = await Target.start();
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const [one, runs] of seen) {
        if (runs.some(({ max_ms }) => max_ms > NO_ACCIDENT_MS)) continue;
        // The first round is whole whatever it takes, the others as far as there is time: but what seems to break the
        // promise is tried as often as a median needs.
        const suspect = runs.some(({ max_ms }) => max_ms > MOST_MS);
        if (round > 1 && performance.now() > end_ms && !suspect) continue;
        const run = await target.suffer(one);
        runs.push(run);
        if (round === 1) say(`  ${one.name.slice(0, 64).padEnd(64)} ${shown(run)}`);
      }
    }
  } finally {
    await target.stop();
  }
  return judged(seen, target.ended, say);
}

function judged(seen: Map<Hostile, Seen[]>, ended: readonly string[], say: (line: string) => void): Outcome {
  const medians = [...seen]
    .map(([one, runs]) => ({ one, runs, ms: median(runs.map(({ max_ms }) => max_ms)) }))
    .sort((a, b) => b.ms - a.ms);
  say('bodies: longest delay of the event loop, median and all; peak of memory');
  for (const { one, runs, ms } of medians) {
    const each = runs.map(({ max_ms }) => max_ms.toFixed(0)).join(', ');
    const peak_mib = Math.max(...runs.map((run) => run.peak_mib));
    say(`  ${one.name.slice(0, 64).padEnd(64)} ${ms.toFixed(1).padStart(9)} ms  (${each})  ${peak_mib} MiB`);
  }
  const over = medians.filter(({ ms, one }) => ms > MOST_MS && one !== IDLE && one !== GOOD);
  const of = (wanted: Hostile) => medians.find(({ one }) => one === wanted)?.ms.toFixed(1);
  const worst = medians.find(({ one }) => one !== IDLE && one !== GOOD);
  return {
    summary:
      `bodies: ${seen.size - 2} hostile requests, ${over.length} of them held the event loop for more than ${MOST_MS} ms; ` +
      `the worst ${worst?.ms.toFixed(1)} ms, good records ${of(GOOD)} ms, idle ${of(IDLE)} ms`,
    broken: [
      ...over.map(({ one, ms }) => `${one.name}: ${ms.toFixed(0)} ms`),
      ...ended.map((name) => `${name}: the service ended, or did not answer for ${GIVE_UP_MS / 1_000} s`),
    ],
  };
}

function shown({ max_ms, p99_ms, peak_mib, status }: Seen): string {
  return `max ${max_ms.toFixed(1).padStart(8)} ms  p99 ${p99_ms.toFixed(1).padStart(6)} ms  peak ${peak_mib} MiB  ${status}`;
}

/** The service that suffers it; another one after it ended. */
class Target {
  /** What ended a service. */
  readonly ended: string[] = [];
  #service: HostileService;
  #token: string;

  private constructor(service: HostileService, token: string) {
    this.#service = service;
    this.#token = token;
  }

  static async start(): Promise<Target> {
    const { service, token } = await started();
    return new Target(service, token);
  }

  async suffer(one: Hostile): Promise<Seen> {
    // What the one before left to do, as an import whose sender is gone, is not on this one's account.
    await this.#service.calm(GIVE_UP_MS);
    this.#service.forgetPeak();
    const began_ms = performance.now();
    const status = one === IDLE ? await sleep(IDLE_MS, '') : await post(this.#service.url, this.#token, one);
    await sleep(SETTLE_MS);
    const delay = await this.#service.delay(GIVE_UP_MS);
    const { peak_mib } = this.#service.memory();
    if (delay) return { ...delay, peak_mib, status };
    const max_ms = performance.now() - began_ms;
    this.ended.push(one.name);
    await this.#service.stop();
    const { service, token } = await started();
    this.#service = service;
    this.#token = token;
    return { max_ms, p99_ms: max_ms, peak_mib, status };
  }

  stop(): Promise<void> {
    return this.#service.stop();
  }
}

async function started(): Promise<{ service: HostileService; token: string }> {
  const service = await HostileService.start();
  const token = await (await newOperation(service, TWILIO_SERVER))();
  for (let run = 0; run < WARM_UPS; run += 1) await post(service.url, token, GOOD);
  return { service, token };
}
