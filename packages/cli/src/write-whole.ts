import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The contents to write, piece by piece. */
type Pieces = AsyncIterable<string | Buffer> | Iterable<string | Buffer>;

/**
 * Writes a file whole or not at all, even if the machine goes down: it is written under a temporary name, made durable, and
 * renamed. A failure leaves nothing behind.
 *
 * @param temporary the temporary path, on the same file system
 * @param mode the mode of the file; absent: the default of the process
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

/** A name is durable once its directory is. If a directory can't be opened (Windows), the system makes the name durable itself. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  try {
    await directory?.sync().catch(() => undefined);
  } finally {
    await directory?.close();
  }
}
