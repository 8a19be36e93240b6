import type { Dirent } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { sync } from './durable/sync-files.js';
import { type Aside, SetAside } from './set-aside.js';

/** Bytes that a checksum covers before others get their turn: a few milliseconds. */
const SUM_BYTES = 4 * 1024 ** 2;
/** Directory for entries that the disk damaged, or whose rows the engine refuses. */
export const DAMAGED = 'damaged';
/** `TIME-BYTES-CRC.rows`, or `.told` of an earlier version (`text-entries.ts`). Names sort by age. */
const ENTRY = /^\d{16}-(?<bytes>\d+)-(?<crc>[0-9a-f]{8})\.(?:rows|told)$/;

/** An entry that is not what was written. */
export class DamagedEntry extends Error {
  override readonly name = 'DamagedEntry';
}

/**
 * Rows that are about to be stored, kept until they are stored whole and on disk.
 *
 * The engine writes one part for each month and table, and makes each visible by itself: after a kill, half of a delivery could be
 * there. It also does not sync those parts. So a delivery is first written here, durably, and stays until a checkpoint (`durable/`).
 * The next start stores again what is left. Storing twice is harmless: rows with the same identity and delivery number are one row.
 *
 * An entry's name has its length and its CRC-32, so that damage by the disk is found before the entry is stored.
 */
export class Journal {
  readonly #directory: string;
  /** The directory, open: each entry syncs it, and opening it each time would take a turn of the event loop. */
  readonly #opened: FileHandle;
  /** Entries that are no longer tried. */
  readonly #aside: SetAside;
  /** Milliseconds in the name of the last entry. */
  #last = 0;

  private constructor(directory: string, opened: FileHandle, aside_max: Aside | undefined) {
    this.#directory = directory;
    this.#opened = opened;
    this.#aside = new SetAside(join(directory, DAMAGED), aside_max);
  }

  /** @param aside_max how much may be set aside; `ASIDE_MAX` when absent */
  static async open(directory: string, aside_max?: Aside): Promise<Journal> {
    await mkdir(directory, { recursive: true });
    await sync(dirname(directory)); // otherwise a power cut could lose the directory and everything in it
    return new Journal(directory, await open(directory, 'r'), aside_max);
  }

  /** Resolves with the entry's name when the entry is on disk. After a failure nothing of it is left there. */
  async add(rows: Buffer): Promise<string> {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const time = String(this.#last).padStart(16, '0');
    const entry = `${time}-${rows.length}-${await sumOf(rows)}.rows`;
    const draft = join(this.#directory, `${entry}.draft`);
    try {
      const file = await writeDurably(draft, rows);
      // The file is on disk, so nothing depends on its closing, which goes on beside the next steps.
      const closed = file.close().catch(() => undefined);
      await rename(draft, join(this.#directory, entry)).finally(() => closed);
      await this.#syncDirectory();
    } catch (error) {
      // The renamed entry is removed too: the engine was given nothing of it, so it is as if it had never come.
      await rm(draft, { force: true }).catch(() => undefined);
      await this.remove([entry]).catch(() => undefined);
      throw error;
    }
    return entry;
  }

  /** Path of the file that has an entry's rows and nothing else. It is there until the entry is removed. */
  pathOf(entry: string): string {
    return join(this.#directory, entry);
  }

  /**
   * Forgets entries whose rows are on disk elsewhere. Resolves when no power cut can bring the entries back: an import whose rows
   * they had may be taken back by then.
   */
  async remove(entries: readonly string[]): Promise<void> {
    for (const entry of entries) await rm(this.pathOf(entry), { force: true });
    if (entries.length > 0) await this.#syncDirectory();
  }

  /**
   * Entries left by a stop, oldest first. Drafts were never acknowledged, so they are dropped.
   *
   * @returns `strange`: what is named like an entry and is no file. Somebody else made it, so it is left where it is
   */
  async left(): Promise<{ entries: string[]; strange: string[] }> {
    const found = await readdir(this.#directory, { withFileTypes: true });
    const ours = found.filter(({ name }) => name.endsWith('.draft') || ENTRY.test(name));
    const namesOf = (some: readonly Dirent[]) => some.map(({ name }) => name).sort();
    const names = namesOf(ours.filter((each) => each.isFile()));
    for (const name of names.filter((each) => each.endsWith('.draft'))) {
      await rm(join(this.#directory, name), { force: true });
    }
    return {
      entries: names.filter((name) => ENTRY.test(name)),
      strange: namesOf(ours.filter((each) => !each.isFile())),
    };
  }

  /** The rows of an entry. @throws DamagedEntry when they are not what was written */
  async read(entry: string): Promise<Buffer> {
    const rows = await readFile(join(this.#directory, entry));
    const { bytes, crc } = ENTRY.exec(entry)?.groups ?? {};
    if (Number(bytes) !== rows.length) throw new DamagedEntry(`it has ${rows.length} bytes of ${bytes}`);
    if (crc !== (await sumOf(rows))) throw new DamagedEntry('its checksum is wrong');
    return rows;
  }

  /** Puts an entry where nothing reads it, for a person to look at. @returns its path @throws AsideFull */
  async setAside(entry: string): Promise<string> {
    const path = await this.#aside.take(join(this.#directory, entry), entry);
    await this.#syncDirectory();
    return path;
  }

  /** How much was set aside and is still there. */
  aside(): Promise<Aside> {
    return this.#aside.held();
  }

  /** To be called when nothing is added or set aside any more. */
  async close(): Promise<void> {
    await this.#opened.close();
  }

  /** Without this a power cut could forget the rename. */
  async #syncDirectory(): Promise<void> {
    await this.#opened.sync();
  }
}

/** @returns the file, still open: closing takes a turn of the event loop, in which the caller can go on */
async function writeDurably(path: string, bytes: Buffer): Promise<FileHandle> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** CRC-32 in hex. Others get their turn after every `SUM_BYTES`. */
async function sumOf(bytes: Buffer): Promise<string> {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += SUM_BYTES) {
    if (at > 0) await setImmediate();
    sum = crc32(bytes.subarray(at, at + SUM_BYTES), sum);
  }
  return sum.toString(16).padStart(8, '0');
}
