import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Rows that are about to be stored, kept until they are stored whole.
 *
 * The engine writes one part a month and table and makes each visible by itself, so what is stored could be half there
 * after a kill. It is first written here, durably; at the next start what is left is stored again. Storing twice is
 * harmless: rows with the same identity and delivery number are one row.
 */
export class Journal {
  readonly #directory: string;
  /** Milliseconds in the name of the last entry. */
  #last = 0;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(directory: string): Promise<Journal> {
    await mkdir(directory, { recursive: true });
    return new Journal(directory);
  }

  /** Resolves with the entry's name when it is on disk. */
  async add(rows: Buffer): Promise<string> {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const entry = `${String(this.#last).padStart(16, '0')}.tsv`; // sorts by age
    const draft = join(this.#directory, `${entry}.draft`);
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(rows);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(this.#directory, entry));
    await this.#syncDirectory();
    return entry;
  }

  async remove(entry: string): Promise<void> {
    await rm(join(this.#directory, entry), { force: true });
  }

  /** Entries left by a stop, oldest first. Drafts were never whole, so they are dropped. */
  async *left(): AsyncGenerator<{ entry: string; rows: Buffer }> {
    for (const name of (await readdir(this.#directory)).sort()) {
      const path = join(this.#directory, name);
      if (name.endsWith('.draft')) await rm(path, { force: true });
      else if (name.endsWith('.tsv')) yield { entry: name, rows: await readFile(path) };
    }
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
