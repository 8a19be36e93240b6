import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ReportsError } from '../errors.js';

/** The directory of one token. It is created if it is missing, and refused if another user could write to it. */
export async function stateDirectory(root: string | undefined, token: string): Promise<string> {
  const top = root ?? join(tmpdir(), `recuento-${ownerName()}`);
  const path = join(top, token);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ReportsError(`The slots and counts of calls cannot be kept in ${top}. Set stateDirectory.`, {
      cause: error,
    });
  }
  if (root === undefined) await refuseForeign(top);
  return path;
}

/** Everybody can write to the temporary directory, so another user may have created a directory of this name there. */
async function refuseForeign(path: string): Promise<void> {
  const uid = process.getuid?.();
  if (uid === undefined) return; // Windows: the temporary directory is the user's own
  const found = await lstat(path);
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o022) === 0) return;
  throw new ReportsError(
    `${path} belongs to another user, or others may write to it. Remove it, or set stateDirectory.`,
  );
}

function ownerName(): string {
  return String(process.getuid?.() ?? userInfo().username);
}
