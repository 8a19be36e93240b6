import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file that is under its name whole or not at all, also when the machine goes down: it is written beside, made
 * durable, and renamed. Of a failure nothing stays.
 *
 * @param temporary on the same file system
 * @returns the SHA-256 of its bytes, hexadecimal
 */
export async function writeWhole(
  path: string,
  temporary: string,
  pieces: AsyncIterable<string | Buffer>,
): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(temporary, 'w');
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      await file.appendFile(piece);
    }
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncDirectory(dirname(path));
  return hash.digest('hex');
}

/** The name is durable when its directory is. Windows has no such thing for directories. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
