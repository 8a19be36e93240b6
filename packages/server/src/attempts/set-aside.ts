import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What is set aside, all of it. */
export interface Aside {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * What may be set aside together: some uploads of the largest kind, or many small ones that a person can still look
 * through. A disk or an engine that damages more than that is to be mended first.
 */
const ASIDE_MAX: Aside = { entries: 1_000, bytes: 256 * 1024 ** 2 };

/** There is no room for another entry until somebody has looked at those that are there. */
export class AsideFull extends Error {
  override readonly name = 'AsideFull';
}

/**
 * A directory for entries of the journal that the disk damaged, or that the engine does not take for what they are, for a
 * person to look at. Nothing is ever deleted from it: its sender may have no copy. It has a bound instead, at which
 * nothing more is taken.
 */
export class SetAside {
  readonly #directory: string;
  readonly #max: Aside;

  constructor(directory: string, max = ASIDE_MAX) {
    this.#directory = directory;
    this.#max = max;
  }

  /** What is there. */
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
    // Many may wait to be taken, each trying again and again: the names alone say it of most.
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
