import { closeSync, fdatasync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import AsyncDatabase from 'libsql/promise';
import { AccountsUnavailable } from '../unavailable.js';

/**
 * How often what the log holds is taken into the file. It is cheap where the same few rows change, as with counts of calls:
 * only the last state of a page is taken.
 */
const CHECKPOINT_EVERY_MS = 1_000;

/** Brings a file's bytes to the disk. */
export type Sync = (fd: number) => Promise<void>;

/**
 * SQLite's write-ahead log of a file, brought to the disk beside the event loop. SQLite itself would do it in every COMMIT
 * (`synchronous = FULL`) and hold everybody meanwhile, for a tenth of a second where the engine writes. With `NORMAL` it does
 * it only before the log is taken into the file (https://sqlite.org/pragma.html#pragma_synchronous), and the rest is here:
 * one sync serves all that was committed before it began.
 */
export class WriteAheadLog {
  readonly #path: string;
  readonly #sync: Sync;
  #fd: number | undefined;
  /** One that has not begun: it serves whoever asks now. */
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  #failed: AccountsUnavailable | undefined;
  #checkpoints: AsyncDatabase | undefined;
  #timer: NodeJS.Timeout | undefined;
  #checkpointing: Promise<unknown> = Promise.resolve();

  constructor(path: string, sync: Sync = promisify(fdatasync)) {
    this.#path = path;
    this.#sync = sync;
  }

  /**
   * Resolves when everything that was committed before is on disk.
   *
   * @throws AccountsUnavailable
   */
  synced(): Promise<void> {
    this.#timer ??= setTimeout(() => this.#checkpoint(), CHECKPOINT_EVERY_MS).unref();
    this.#next ??= this.#after(this.#last);
    return this.#next;
  }

  /**
   * After a failure the system may hold for written what is not. So nothing more is told or written until the next start,
   * which reads what the disk has.
   *
   * @throws AccountsUnavailable
   */
  assertWell(): void {
    if (this.#failed) throw this.#failed;
  }

  /** To be called before the file's last connection is closed, when nothing is written any more. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#next?.catch(() => undefined); // told to who waits for it
    await this.#last;
    await this.#checkpointing;
    this.#checkpoints?.close();
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  async #after(last: Promise<void>): Promise<void> {
    await last;
    await setImmediate(); // whoever else commits in this turn is served too
    this.#next = undefined;
    this.assertWell();
    const syncing = this.#syncNow();
    this.#last = syncing.catch(() => undefined);
    await syncing;
  }

  async #syncNow(): Promise<void> {
    try {
      this.#fd ??= openSync(`${this.#path}-wal`, 'r+'); // it is there from the first commit to the last close
      await this.#sync(this.#fd);
    } catch (error) {
      this.#failed = new AccountsUnavailable('failing', error);
      throw this.#failed;
    }
  }

  /** On a connection of its own, which the library runs beside the event loop. Writers go on meanwhile. */
  #checkpoint(): void {
    this.#checkpoints ??= new AsyncDatabase(this.#path, {});
    this.#checkpointing = this.#checkpoints
      .exec('PRAGMA wal_checkpoint(PASSIVE)')
      .catch(() => undefined) // the log grows, until a COMMIT does it or fails itself
      .then(() => {
        this.#timer = undefined;
      });
  }
}
