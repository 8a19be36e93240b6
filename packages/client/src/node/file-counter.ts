import { open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallCounter } from '../platform.js';
import { stateDirectory } from './state-directory.js';

/**
 * Counts calls in a file that grows by a byte with each: appending is atomic, so programs that count at once count right,
 * and a program that ends in between has counted its call.
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

/** The first call of a day clears away the days before it. */
async function removeOthers(directory: string, name: string): Promise<void> {
  for (const found of await readdir(directory)) {
    if (found.startsWith('calls-') && found < name)
      await unlink(join(directory, found)).catch(() => undefined);
  }
}
