import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How much is set aside in all. */
export interface Aside {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * The most that may be set aside: some of the largest uploads, or as many small ones as a person can still look through. A disk or
 * an engine that damages more must be repaired first.
 */
const ASIDE_MAX: Aside = { entries: 1_000, bytes: 256 * 1024 ** 2 };

/** No further entry can be set aside until somebody has looked at the ones that are there. */
export class AsideFull extends Error {
  override readonly name = 'AsideFull';
}

/**
 * A directory for entries of the journal that the disk damaged, or whose rows the engine refuses, for a person to look at. The
 * service never deletes anything from it, since the sender may have no copy. It has a limit instead, at which nothing more is taken.
 */
export class SetAside {
  readonly #directory: string;
  readonly #max: Aside;

  constructor(directory: string, max = ASIDE_MAX) {
    this.#directory = directory;
    this.#max = max;
  }

  /** How much is there. */
  async held(): Promise<Aside> {
    let [entries, bytes] = [0, 0];
    for (const name of await this.#names()) {
      entries += 1;
      bytes += (await stat(join(this.#directory, name)).catch(() => undefined))?.size ?? 0;
    }
    return { entries, bytes };
  }

  /** Moves a file here. @returns where it is now @throws AsideFull */
  async take(path: string, name: string): Promise<string> {
    // Many entries may wait for room and try again and again. Counting names is cheap, and answers most of those tries.
    const names = await this.#names();
    if (names.length >= this.#max.entries)
      throw new AsideFull(`${names.length} entries are set aside already`);
    const { size } = await stat(path);
    const { entries, bytes } = await this.held();
    if (bytes + size > this.#max.bytes) {
      throw new AsideFull(`${entries} entries of ${bytes} bytes are set aside already`);
    }
    await mkdir(this.#directory, { recursive: true });
    const place = join(this.#directory, name);
    await rename(path, place);
    return place;
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.#directory);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }
}
