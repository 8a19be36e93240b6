import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineUnavailable } from '../engine/engine.js';
import { Journal } from '../journal.js';
import { Checkpoints } from './checkpoints.js';

let directory: string;
let journal: Journal;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-checkpoints-'));
  journal = await Journal.open(directory);
});
afterEach(async () => {
  await journal.close();
  await rm(directory, { recursive: true, force: true });
});

/** With these, no checkpoint comes by itself. */
const NEVER = { write_ms: 3_600_000, rest_ms: 3_600_000, again_ms: 3_600_000 };
const BOUNDS = { entries: 3, bytes: 1_000 };
const entries = () => readdir(directory);

async function taken(checkpoints: Checkpoints, bytes = 10): Promise<string> {
  const entry = await journal.add(Buffer.alloc(bytes, 0x0a));
  checkpoints.taken(entry, bytes);
  return entry;
}

test('an entry is kept until its rows are on disk, and one that comes during a checkpoint until the next', async () => {
  const seen: string[][] = [];
  let during: () => Promise<unknown> = async () => undefined;
  const sync = async () => {
    seen.push(await entries());
    await during();
  };
  const checkpoints = new Checkpoints(journal, { sync, onFailure: () => undefined, times: NEVER });
  const first = await taken(checkpoints);
  let second = '';
  during = async () => {
    second = await taken(checkpoints);
  };
  await checkpoints.now();
  expect([seen, await entries()]).toEqual([[[first]], [second]]);
  during = async () => undefined;
  await checkpoints.close();
  expect([seen[1], await entries()]).toEqual([[second], []]);
});

test('a checkpoint that fails keeps its entries, is reported, and is tried again', async () => {
  const reported: unknown[] = [];
  const failure = new Error('EIO');
  let fails = 2;
  const sync = async () => {
    fails -= 1;
    if (fails >= 0) throw failure;
  };
  const times = { ...NEVER, again_ms: 1 };
  const checkpoints = new Checkpoints(journal, { sync, onFailure: (error) => reported.push(error), times });
  const entry = await taken(checkpoints);
  await expect(checkpoints.now()).rejects.toBe(failure);
  expect(await entries()).toEqual([entry]);
  while ((await entries()).length > 0) await sleep(1);
  expect(reported).toEqual([failure, failure]);
  await checkpoints.close();
});

test.each([
  ['entries', [10, 10, 10]],
  ['bytes', [999, 1]],
])('at the bound of %s a checkpoint comes at once, and not before', async (_what, sizes) => {
  let syncs = 0;
  const sync = async () => {
    syncs += 1;
  };
  const options = { sync, onFailure: () => undefined, times: NEVER, bounds: BOUNDS };
  const checkpoints = new Checkpoints(journal, options);
  for (const bytes of sizes.slice(0, -1)) await taken(checkpoints, bytes);
  await sleep(20);
  expect(syncs).toBe(0);
  await taken(checkpoints, sizes.at(-1));
  while ((await entries()).length > 0) await sleep(1);
  expect(syncs).toBe(1);
  await checkpoints.close();
});

test('beyond four times the bound, writers wait for a checkpoint, and are refused when it fails', async () => {
  let fails = true;
  const sync = async () => {
    if (fails) throw new Error('EIO');
  };
  const options = { sync, onFailure: () => undefined, times: NEVER, bounds: BOUNDS };
  const checkpoints = new Checkpoints(journal, options);
  for (let n = 0; n < 4 * BOUNDS.entries - 1; n += 1) await taken(checkpoints);
  await checkpoints.room();
  await taken(checkpoints);
  await expect(checkpoints.room()).rejects.toThrow(EngineUnavailable);
  fails = false;
  await checkpoints.room();
  expect(await entries()).toEqual([]);
  await checkpoints.close();
});
