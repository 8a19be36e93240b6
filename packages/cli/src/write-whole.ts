import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What is written, piece by piece. */
type Pieces = AsyncIterable<string | Buffer> | Iterable<string | Buffer>;

/**
 * Writes a file that is under its name whole or not at all, also when the machine goes down: it is written beside, made
 * durable, and renamed. Of a failure nothing stays.
 *
 * @param temporary on the same file system
 * @param mode of the file, where it is not what the process gives to every file
 * @returns the SHA-256 of its bytes, hexadecimal
 */
export async function writeWhole(
  path: string,
  temporary: string,
  pieces: Pieces,
  mode?: number,
): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(temporary, 'w', mode);
  try {
    try {
      for await (const piece of pieces) {
        hash.update(piece);
        await file.appendFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
  return hash.digest('hex');
}

/** The name is durable when its directory is. Where a directory can't be opened (Windows), the system does it by itself. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  try {
    await directory?.sync().catch(() => undefined);
  } finally {
    await directory?.close();
  }
}
