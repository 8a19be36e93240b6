import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MACHINE_RECOGNITIONS } from '@recuento/contract';
import type { ServedProcess } from '../bench/served.js';
import { numbersOf } from '../hostile/trial.js';
import { type Batch, begin, Ledger, telephoneOf } from './ledger.js';
import { recorded } from './recorder.js';
import { startServed } from './served.js';

/** What a service did to its directory, and what it acknowledged meanwhile. */
export interface Recording {
  readonly log: Buffer;
  readonly ledger: Ledger;
  /** The directory as it was left, for a comparison. */
  readonly directory: string;
  /** Inode of the directory. */
  readonly root: number;
}

const OPERATIONS = ['0001', '0002', '0003'];
const UPLOADERS = 3;
/** Part of the lives that end by a kill; the others end in order. */
const KILLED = 0.7;

/** Part of the imports that are taken back. */
const TAKEN_BACK = 0.6;

export interface RecordingOptions {
  readonly seed: number;
  /** How long each life lasts: checkpoints come every five seconds while something is written. */
  readonly lives_ms: readonly number[];
  /** What an uploader waits at most: each cut makes all files anew, so they are not to be too many. */
  readonly pause_ms: number;
  readonly library: string;
}

/** Runs the service through some lives over one directory, with uploads of several operations and an import in each. */
export async function record(directory: string, options: RecordingOptions): Promise<Recording> {
  const data = join(directory, 'data');
  const log = join(directory, 'log');
  await mkdir(data, { recursive: true });
  const root = (await stat(data)).ino;
  const work = new Work(log, numbersOf(options.seed), options.pause_ms);
  for (const [n, life_ms] of options.lives_ms.entries()) {
    const kill = join(directory, `kill-${n}`);
    const places = { library: options.library, log, directory: data, kill };
    const served = await startServed(data, recorded(places));
    await work.during(served, life_ms, () => writeFile(kill, ''));
  }
  return { log: await readFile(log), ledger: work.ledger, directory: data, root };
}

/** Everything that is asked of the service, one life after another. */
class Work {
  readonly ledger = new Ledger();
  readonly #log: string;
  readonly #random: () => number;
  readonly #pause_ms: number;

  constructor(log: string, random: () => number, pause_ms: number) {
    this.#log = log;
    this.#random = random;
    this.#pause_ms = pause_ms;
  }

  async during(served: ServedProcess, life_ms: number, kill: () => Promise<void>): Promise<void> {
    for (const operation of OPERATIONS)
      if (!this.ledger.tokens.has(operation)) {
        const token = await served.operation(operation);
        await served.limit(operation, { max_rows: 1_000_000, max_window_days: 366 });
        this.ledger.tokens.set(operation, { token, acknowledged: await this.#place() });
      }
    const end_ms = performance.now() + life_ms;
    const uploaders = Array.from({ length: UPLOADERS }, () => this.#upload(served, end_ms));
    const is_killed = this.#random() < KILLED;
    const end = async () => {
      await sleep(life_ms);
      if (is_killed) await kill();
    };
    await Promise.all([...uploaders, this.#import(served), end()]);
    while (is_killed && !served.ended) await sleep(5);
    await served.stop();
  }

  /** The end of the log: what is acknowledged now was done before. */
  async #place(): Promise<number> {
    return (await stat(this.#log)).size;
  }

  async #upload(served: ServedProcess, end_ms: number): Promise<void> {
    const own: Batch[] = [];
    while (performance.now() < end_ms && !served.ended) {
      const known = own.length > 0 && this.#random() < 0.25 ? own[this.#below(own.length)] : undefined;
      const batch = known ?? this.#newBatch();
      if (!known) own.push(batch);
      const last = batch.sendings.at(-1)?.result;
      const others = MACHINE_RECOGNITIONS.filter((code) => code !== last);
      const result = others[this.#below(others.length)] ?? 'busy';
      const sending = begin(batch, result, await this.#place());
      const { token } = this.ledger.tokens.get(batch.operation) ?? { token: '' };
      const reply = await fetch(`${served.url}/v1/attempts`, {
        method: 'POST',
        headers: { 'wolkvox-token': token, 'content-type': 'application/json' },
        body: JSON.stringify(attemptsOf(batch, result)),
      }).catch(() => undefined);
      if (reply?.status === 201) sending.acknowledged = await this.#place();
      await reply?.arrayBuffer().catch(() => undefined);
      if (!reply) return;
      if (reply.status !== 201) throw new Error(`an upload was answered ${reply.status}`);
      await sleep(this.#below(this.#pause_ms));
    }
  }

  /** A file of a dialer: it is acknowledged when it is said to be done. */
  async #import(served: ServedProcess): Promise<void> {
    const operation = OPERATIONS[this.#below(OPERATIONS.length)] ?? '';
    const { token } = this.ledger.tokens.get(operation) ?? { token: '' };
    const batch = this.ledger.add(operation, 300 + this.#below(3_000), [this.#below(12)]);
    const sending = begin(batch, 'busy', await this.#place());
    const headers = { authorization: `Bearer ${token}` };
    const query = 'format=csv&campaign_id=9&map=attempt_id%3Di,telephone%3Dt,dialed_at%3Dd,result%3Dr';
    const lines = attemptsOf(batch, 'BUSY').map((row) =>
      [row.attempt_id, row.telephone, row.dialed_at, row.result].join(','),
    );
    const body = `i,t,d,r\n${lines.join('\n')}\n`;
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${served.url}/v1${path}`, { headers, ...init }).catch(() => undefined);
    const reply = await ask(`/imports?${query}`, { method: 'POST', body });
    const told = await reply?.json().catch(() => undefined);
    if (reply === undefined || told === undefined) return;
    const { id, state, counts } = asImport(told);
    for (let now = state; ; ) {
      if (now === 'done') break;
      if (now !== 'running') throw new Error(`the import ended otherwise: ${JSON.stringify(told)}`);
      await sleep(50);
      const look = await ask(`/imports/${id}`);
      const looked = await look?.json().catch(() => undefined);
      if (looked === undefined) return;
      now = asImport(looked).state;
    }
    if (counts !== batch.telephones) throw new Error(`the import was not whole: ${JSON.stringify(told)}`);
    sending.acknowledged = await this.#place();
    if (this.#random() < TAKEN_BACK)
      await this.#takeBack(batch, () => ask(`/imports/${id}`, { method: 'DELETE' }));
  }

  /** It is acknowledged when it is noted: a start goes on with it. */
  async #takeBack(batch: Batch, ask: () => Promise<Response | undefined>): Promise<void> {
    const taking = begin(batch, undefined, await this.#place());
    const reply = await ask();
    const told = await reply?.text().catch(() => undefined);
    if (reply === undefined || told === undefined) return;
    if (reply.status !== 202) throw new Error(`taking back was answered ${reply.status}: ${told}`);
    taking.acknowledged = await this.#place();
  }

  #newBatch(): Batch {
    const operation = OPERATIONS[this.#below(OPERATIONS.length)] ?? '';
    const first = this.#below(10);
    const months = Array.from({ length: this.#random() < 0.6 ? 1 : 3 }, (_, n) => first + n);
    const telephones = this.#random() < 0.5 ? 1 + this.#below(4) : 10 + this.#below(400);
    return this.ledger.add(operation, telephones, months);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

interface ImportTold {
  readonly id: string;
  readonly state: string;
  readonly counts: number;
}

function asImport(told: unknown): ImportTold {
  if (typeof told !== 'object' || told === null || !('id' in told) || !('state' in told))
    throw new Error(`no import: ${JSON.stringify(told)}`);
  return {
    id: String(told.id),
    state: String(told.state),
    counts: 'stored' in told ? Number(told.stored) : 0,
  };
}

function attemptsOf(batch: Batch, result: string) {
  return batch.months.flatMap((month) =>
    Array.from({ length: batch.telephones }, (_, index) => ({
      attempt_id: `${batch.id}-${month}`,
      campaign_id: 1 + (batch.id % 5),
      telephone: telephoneOf(batch, index),
      dialed_at: new Date(Date.UTC(2026, month, 5, 15, 0, index % 60)).toISOString(),
      result,
    })),
  );
}
