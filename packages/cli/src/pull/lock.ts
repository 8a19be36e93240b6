import { readFile, unlink, writeFile } from 'node:fs/promises';
import { UsageError } from '../usage-error.js';

/**
 * Says that this process writes here. A lock whose process is gone is taken over; one of this very number is of an earlier
 * process, as in a container, where each is number 1.
 *
 * @returns what gives it back
 * @throws UsageError when another process holds it
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
