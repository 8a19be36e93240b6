import { chmod, mkdir, stat } from 'node:fs/promises';
import { DiskFull } from './disk-full.js';
import { freeBytes } from './disk-watch.js';

/** Nobody but the service's user: it holds telephones, and hashes of tokens. */
const MODE = 0o700;

/**
 * Makes the directory readable by its owner alone, also when it exists with a wider mode.
 *
 * @returns a warning for the log when the directory belongs to another user, so that its mode stays; otherwise undefined
 */
export async function prepareDataDirectory(path: string): Promise<string | undefined> {
  await mkdir(path, { recursive: true, mode: MODE });
  const { mode, uid } = await stat(path);
  if ((mode & 0o777) === MODE) return undefined;
  const own = process.getuid?.();
  if (own !== undefined && own !== uid) {
    return `the data directory belongs to user ${uid}, so its mode stays ${(mode & 0o777).toString(8)}: others may read it`;
  }
  await chmod(path, MODE);
  return undefined;
}

/** With less free space the stores cannot open. It is little, so that reports can be served from a disk that is nearly full. */
const START_BYTES = 4 * 1024 ** 2;

/** @throws DiskFull */
export async function assertStartRoom(path: string): Promise<void> {
  await assertRoomFor(path, START_BYTES);
}

/** @throws DiskFull */
export async function assertRoomFor(path: string, bytes: number): Promise<void> {
  const free_bytes = await freeBytes(path);
  if (free_bytes < bytes) throw new DiskFull(`${free_bytes} bytes are free, ${bytes} are needed`);
}
