import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, begin, type Call, type Caller, expectDone } from './call.js';
import { reportPath, tablePath } from './questions.js';
import type { Scene } from './scene.js';

export const MISDEEDS = [
  'hangs up before the first byte',
  'hangs up in the middle',
  'hangs up just before the end',
  'leaves it half read',
  'runs into its time limit',
  'has too much of it',
  'reads it',
] as const;

export type MisdeedKind = (typeof MISDEEDS)[number];

/** One thing that A does. */
export interface Misdeed {
  readonly kind: MisdeedKind;
  /** Which of A's calls. */
  readonly call: number;
  /** When, from 0 to 1: of the time or the bytes in question. */
  readonly moment: number;
}

/** Large replies of every kind: whole ones, streams, files that are made first. */
export const CALLS_OF_A: readonly Call[] = [
  { path: reportPath('campaign_3', 'all') },
  { path: reportPath('campaign_7', 'all', '') },
  { path: tablePath('machine-codes', 'csv') },
  { path: reportPath('campaign_8', 'all', '') },
  { path: tablePath('machine-codes', 'ndjson') },
  { path: reportPath('campaign_3', 1_001), headers: { 'accept-encoding': 'gzip' } },
  { path: tablePath('machine-codes', 'parquet') },
  { path: tablePath('machine-codes', 'json', { limit: '60000', sort: '-total_machine_recognitions' }) },
  { path: reportPath('campaign_1', 'all', '') },
  { path: tablePath('trend', 'ndjson', { interval: 'hour', by: 'trunk' }) },
];

/** What a call of A is when nobody else is there: by it the moment is chosen at which it is broken off. */
export interface Measured {
  readonly call: Call;
  readonly first_byte_ms: number;
  readonly bytes: number;
}

/** Asks all of A's calls once. Some fail in the engine where that is short of memory: in the middle of what they write. */
export async function measure(caller: Caller): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const call of CALLS_OF_A) {
    const { body, first_byte_ms } = await ask(caller, call);
    measured.push({ call, first_byte_ms, bytes: body.length });
  }
  return measured;
}

/** Beside others a call takes longer than alone: moments are spread over so many times its time. */
const SLOWER = 2;
const LEFT_MAX_MS = 400;
/** What lies between "just before the end" and the end. */
const END_BYTES = 4_096;

/** How it ended for A: `hung up` while nothing had come, `cut` in the middle; else the status. */
export type Ending = string;

/** Does one thing, until it is over for A. */
export async function misbehave(
  scene: Scene,
  at: Omit<Caller, 'token'>,
  lane: number,
  { kind, moment }: Misdeed,
  { call, first_byte_ms, bytes }: Measured,
): Promise<Ending> {
  const a = { ...at, token: scene.tokens_of_a[lane % scene.tokens_of_a.length] ?? '' };
  const some_ms = 1 + moment * first_byte_ms * SLOWER;
  switch (kind) {
    case 'hangs up before the first byte':
      return hangUp(a, call, { after_ms: some_ms });
    case 'hangs up in the middle':
      return hangUp(a, call, { after_bytes: 1 + moment * bytes });
    case 'hangs up just before the end':
      return hangUp(a, call, { after_bytes: bytes - moment * END_BYTES });
    case 'leaves it half read':
      return leave(a, call, LEFT_MAX_MS * moment);
    case 'runs into its time limit':
      await limitTime(scene, at, some_ms);
      return ending(await ask({ ...at, token: scene.late.token }, call));
    case 'has too much of it':
      return ending(await ask({ ...at, token: scene.small.token }, call));
    case 'reads it':
      return ending(await ask(a, call));
  }
}

async function limitTime(scene: Scene, at: Omit<Caller, 'token'>, max_ms: number): Promise<void> {
  const body = JSON.stringify({ limits: { max_call_ms: Math.ceil(max_ms) } });
  const path = `/v1/operations/${scene.late.server}`;
  await expectDone({ ...at, token: scene.admin_token }, { path, method: 'PATCH', body });
}

const ending = ({ status, whole }: { status: number; whole: boolean }): Ending =>
  whole ? String(status) : `${status}, cut`;

/** Reads until then, and is gone. */
function hangUp(
  caller: Caller,
  call: Call,
  { after_ms, after_bytes = Number.POSITIVE_INFINITY }: { after_ms?: number; after_bytes?: number },
): Promise<Ending> {
  return new Promise((resolve) => {
    let reply: IncomingMessage | undefined;
    let bytes = 0;
    const end = (how: Ending) => {
      clearTimeout(timer);
      resolve(how);
      sent.destroy();
    };
    const timer = after_ms && setTimeout(() => end(reply ? 'hung up, reading' : 'hung up'), after_ms);
    const sent = begin(caller, call, (came) => {
      reply = came;
      came.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes >= after_bytes) end('hung up, reading');
      });
      came.once('end', () => end(String(came.statusCode)));
      came.once('error', () => end(`${came.statusCode}, cut`));
    });
    sent.once('error', () => end('cut'));
  });
}

/** Reads nothing but the head, and is gone some time later: the service waits with the rest of it meanwhile. */
function leave(caller: Caller, call: Call, after_ms: number): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const sent = begin(caller, call, (reply) => {
      reply.once('error', () => undefined);
      sleep(after_ms).then(() => {
        sent.destroy();
        resolve('left');
      }, reject);
    });
    sent.once('error', () => resolve('cut'));
  });
}
