import { randomUUID } from 'node:crypto';
import { readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Release, SlotStore } from '../platform.js';
import { stateDirectory } from './state-directory.js';

/** Who holds a slot, and until when at most. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells this process from an earlier one with the same number. */
  readonly process: string;
  readonly until_ms: number;
  /** Tells this hold from every other. */
  readonly nonce: string;
}

const PROCESS = randomUUID();
/** After this time an empty file is left over: its process ended between creating and writing it. */
const UNWRITTEN_MS = 10_000;

/**
 * Slots as files that are created exclusively, so that programs of one user share them. A slot is left over when its
 * holder's process is gone or its time is up. It is then removed under a lock: otherwise two programs that both found it
 * left over could remove each other's new slot.
 */
export function fileSlots(root: string | undefined, now_ms: () => number): SlotStore {
  return {
    async take(token, slot, held_ms) {
      const path = join(await stateDirectory(root, token), `slot-${slot}`);
      if (await heldByOthers(path, now_ms())) return undefined;
      const holder = { pid: process.pid, host: hostname(), process: PROCESS, until_ms: now_ms() + held_ms };
      const text = JSON.stringify({ ...holder, nonce: randomUUID() } satisfies Holder);
      return (await make(path, text)) ? giveBack(path, text) : undefined;
    },
  };
}

function giveBack(path: string, text: string): Release {
  return async () => {
    if ((await textOf(path)) === text) await remove(path);
  };
}

/** Whether the slot is taken. One that is left over is removed. */
async function heldByOthers(path: string, now_ms: number): Promise<boolean> {
  const text = await textOf(path);
  if (text === undefined) return false;
  if (!(await isLeftOver(path, text, now_ms))) return true;
  const lock = `${path}.removing`;
  if (!(await make(lock, ''))) {
    // A lock this old was left by a process that ended between creating and removing it.
    if ((await age_ms(lock)) > UNWRITTEN_MS) await remove(lock);
    return true;
  }
  try {
    if ((await textOf(path)) !== text) return true;
    await remove(path);
    return false;
  } finally {
    await remove(lock);
  }
}

async function isLeftOver(path: string, text: string, now_ms: number): Promise<boolean> {
  const holder = parseHolder(text);
  if (!holder) return (await age_ms(path)) > UNWRITTEN_MS;
  if (holder.until_ms < now_ms) return true;
  return holder.host === hostname() && !isAlive(holder);
}

function isAlive({ pid, process: id }: Holder): boolean {
  if (pid === process.pid) return id === PROCESS;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    const whole = typeof holder?.pid === 'number' && typeof holder.until_ms === 'number';
    return whole ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** @returns whether this call made the file */
async function make(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(unlessGone);
}

async function age_ms(path: string): Promise<number> {
  const found = await stat(path).catch(unlessGone);
  return found ? Date.now() - found.mtimeMs : 0;
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch(unlessGone);
}

function unlessGone(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
