import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Window, WindowRecord } from '@recuento/client';
import { canonicalLine, isOver, type Values } from '@recuento/client/parts';
import { UsageError } from '../usage-error.js';
import { writeWhole } from '../write-whole.js';
import { takeLock } from './lock.js';

/** The request of a pull. Parts of another request cannot be used for it. */
export interface Plan {
  readonly base_url: string;
  readonly api: string;
  readonly campaign_id: string;
  readonly date_ini: string;
  readonly date_end: string;
  readonly window_days: number;
}

const PLAN_NAME = 'plan.json';
const OURS = /^(plan\.json|lock|\d{14}-\d{14}\.ndjson|[\w.-]+\.tmp)$/;

/**
 * The windows read so far, kept beside the file until the file is whole. Each window has a file with its rows in the report's
 * order and its record at the end. A file appears under its name only when it is complete, also after a kill.
 */
export class Parts {
  readonly directory: string;
  readonly #unlock: () => Promise<void>;

  private constructor(directory: string, unlock: () => Promise<void>) {
    this.directory = directory;
    this.#unlock = unlock;
  }

  /**
   * Continues with the parts of an earlier run of the same plan, or starts from the beginning.
   *
   * @throws UsageError when the directory contains other files, or another process uses it
   */
  static async open(directory: string, plan: Plan): Promise<Parts> {
    await mkdir(directory).catch(unlessThere);
    const foreign = (await readdir(directory)).find((name) => !OURS.test(name));
    if (foreign !== undefined) {
      throw new UsageError(
        `${directory} is where finished windows are kept, but it holds ${foreign}. Move it away.`,
      );
    }
    const parts = new Parts(directory, await takeLock(join(directory, 'lock')));
    const text = JSON.stringify(plan);
    const kept = await readFile(join(directory, PLAN_NAME), 'utf8').catch(() => undefined);
    if (kept !== text) {
      await parts.#clear();
      await parts.#put(PLAN_NAME, text);
    }
    return parts;
  }

  /**
   * The record of a window that an earlier run read. It is valid only if the window was over when it was read, and the part
   * still has the hash of its record.
   */
  async kept(window: Window): Promise<WindowRecord | undefined> {
    const found = await readPart(this.path(window)).catch(() => undefined);
    if (!found) return undefined;
    const { record, sha256 } = found;
    const whole = record.date_ini === window.date_ini && record.date_end === window.date_end;
    if (!whole || record.sha256 !== sha256) return undefined;
    return isOver(window, Date.parse(record.read_at)) ? record : undefined;
  }

  /**
   * Keeps the rows of a window, list by list, and then its record. It does not wait for the disk: a part that a power cut
   * damaged does not have the hash of its record, and is read again.
   */
  async keep(
    window: Window,
    lists: AsyncGenerator<readonly Values[], WindowRecord, undefined>,
  ): Promise<WindowRecord> {
    const temporary = join(this.directory, 'window.tmp');
    const file = await open(temporary, 'w');
    const out = file.createWriteStream();
    try {
      let next = await lists.next();
      for (; !next.done; next = await lists.next()) {
        await written(out, next.value.map(canonicalLine).join(''));
      }
      await written(out, `${JSON.stringify(next.value)}\n`);
      await ended(out);
      await rename(temporary, this.path(window));
      return next.value;
    } catch (error) {
      out.destroy();
      throw error;
    }
  }

  path({ date_ini, date_end }: Window): string {
    return join(this.directory, `${date_ini}-${date_end}.ndjson`);
  }

  /** Closes the directory and keeps the parts for the next run. */
  async close(): Promise<void> {
    await this.#unlock();
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  async #clear(): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (name !== 'lock') await unlink(join(this.directory, name));
    }
  }

  async #put(name: string, text: string): Promise<void> {
    await writeWhole(join(this.directory, name), join(this.directory, `${name}.tmp`), [text]);
  }
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

/** The longest record: seven short fields. */
const RECORD_BYTES = 1_024;

/** The record of a part, which is its last line, and the hash of everything before it. */
async function readPart(path: string): Promise<{ record: WindowRecord; sha256: string }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - RECORD_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(RECORD_BYTES), 0, RECORD_BYTES, from);
    const end = buffer.subarray(0, bytesRead);
    const start = end.lastIndexOf('\n', -2) + 1;
    const hash = createHash('sha256');
    const rows_bytes = from + start;
    if (rows_bytes > 0) {
      const rows = file.createReadStream({ start: 0, end: rows_bytes - 1, autoClose: false });
      for await (const piece of rows) hash.update(piece);
    }
    return { record: JSON.parse(end.toString('utf8', start)), sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

function written(out: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function ended(out: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    out.once('error', reject);
    out.end(() => resolve());
  });
}
