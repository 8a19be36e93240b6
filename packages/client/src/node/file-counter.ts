import { open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallCounter } from '../platform.js';
import { stateDirectory } from './state-directory.js';

/**
 * Counts calls in a file that grows by one byte with each call. Appending is atomic, so programs can count at the same time,
 * and a call is counted even if its program ends right after.
 */
export function fileCounter(root: string | undefined): CallCounter {
  return {
    async count(token, day) {
      const directory = await stateDirectory(root, token);
      const name = `calls-${day}`;
      const file = await open(join(directory, name), 'a', 0o600);
      try {
        await file.write('.');
        const { size } = await file.stat();
        if (size === 1) await removeOthers(directory, name);
        return size;
      } finally {
        await file.close();
      }
    },
  };
}

/** The first call of a day deletes the files of earlier days. */
async function removeOthers(directory: string, name: string): Promise<void> {
  for (const found of await readdir(directory)) {
    if (found.startsWith('calls-') && found < name)
      await unlink(join(directory, found)).catch(() => undefined);
  }
}
