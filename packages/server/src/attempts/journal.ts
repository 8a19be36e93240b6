import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Uploads that the engine can't store in one step, kept until they are stored whole.
 *
 * The engine writes one part a month and makes each visible by itself, so an upload over several months could be
 * half there after a kill. Such an upload is first written here, durably; at the next start what is left is stored
 * again. Storing twice is harmless: rows with the same identity and delivery number are one row.
 */
export class Journal {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(directory: string): Promise<Journal> {
    await mkdir(directory, { recursive: true });
    return new Journal(directory);
  }

  /** Resolves when the entry is on disk. */
  async add(id: string, content: string): Promise<void> {
    const draft = join(this.#directory, `${id}.draft`);
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.#pathOf(id));
    await this.#syncDirectory();
  }

  async remove(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
  }

  /** Entries left by a stop, oldest first. Drafts were never whole, so they are dropped. */
  async *left(): AsyncGenerator<{ id: string; content: string }> {
    for (const name of (await readdir(this.#directory)).sort()) {
      const path = join(this.#directory, name);
      if (name.endsWith('.draft')) await rm(path, { force: true });
      else if (name.endsWith('.ndjson')) {
        yield { id: name.slice(0, -'.ndjson'.length), content: await readFile(path, 'utf8') };
      }
    }
  }

  #pathOf(id: string): string {
    return join(this.#directory, `${id}.ndjson`);
  }

  /** Without this a power cut could forget the rename. */
  async #syncDirectory(): Promise<void> {
    const directory = await open(this.#directory, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}
