import { readFile, unlink, writeFile } from 'node:fs/promises';
import { UsageError } from '../usage-error.js';

/**
 * Takes the lock for writing here. A lock is taken over if its process is gone. A lock with this process's own number is of
 * an earlier process: in a container, each process is number 1.
 *
 * @returns a function that releases the lock
 * @throws UsageError when another process has the lock
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const mine = String(process.pid);
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      await writeFile(path, mine, { flag: 'wx' });
      return () => unlink(path).catch(() => undefined);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (holder !== mine && isAlive(Number(holder))) break;
    await unlink(path).catch(() => undefined);
  }
  throw new UsageError(`Another process pulls into this file. If none does, remove ${path}.`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
