import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Syncs under way at once. Each holds a thread of Node's pool while it waits for the disk, and the engine's statements and all
 * other files want those threads too.
 */
const AT_ONCE = 2;

/** Brings a file's bytes, or a directory's entries, to the disk. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Syncs a directory with everything in it, at any depth: first its content, then the directory itself. */
export async function syncTree(directory: string): Promise<void> {
  const found = await readdir(directory, { withFileTypes: true });
  for (const each of found) if (each.isDirectory()) await syncTree(join(directory, each.name));
  await eachOf(
    found.filter((each) => each.isFile()),
    ({ name }) => sync(join(directory, name)),
  );
  await sync(directory);
}

/** Runs `work` for each item, a few at once. The first failure is thrown when nothing is under way any more. */
export async function eachOf<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (let next = left.next(); !failed && !next.done; next = left.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
