import { closeSync, fdatasync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import AsyncDatabase from 'libsql/promise';
import { AccountsUnavailable } from '../unavailable.js';
import { asAccountsError } from './failures.js';

/**
 * After so many commits SQLite copies the log into the file (its checkpoint): some 20 MB of it. That is cheap where the same few
 * rows change, as with counts of calls: only the last state of a page is copied. It is not done more often because the first
 * commit after it waits for the disk: SQLite writes the head of the log anew.
 */
const COMMITS_A_CHECKPOINT = 1_000;

/** Brings a file's bytes to the disk. */
export type Sync = (fd: number) => Promise<void>;

/**
 * Syncs SQLite's write-ahead log to the disk without blocking the event loop. With `synchronous = FULL` SQLite syncs it in every
 * COMMIT, which blocks everybody meanwhile: for a tenth of a second and more while the engine writes. With `NORMAL` SQLite syncs
 * only at a checkpoint, and when the log is begun anew after it (https://sqlite.org/pragma.html#pragma_synchronous). All other
 * syncs are done here: one sync serves all that was committed before it began.
 */
export class WriteAheadLog {
  readonly #path: string;
  readonly #sync: Sync;
  readonly #commits_a_checkpoint: number;
  #fd: number | undefined;
  /** A sync that has not begun yet: it serves everybody who asks now. */
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  #failed: AccountsUnavailable | undefined;
  #checkpoints: AsyncDatabase | undefined;
  #commits = 0;
  #checkpointing: Promise<void> | undefined;

  /** The other parameters are for tests. */
  constructor(
    path: string,
    sync: Sync = promisify(fdatasync),
    commits_a_checkpoint: number = COMMITS_A_CHECKPOINT,
  ) {
    this.#path = path;
    this.#sync = sync;
    this.#commits_a_checkpoint = commits_a_checkpoint;
  }

  /** To be called after each commit. */
  committed(): void {
    this.#commits += 1;
    if (this.#commits >= this.#commits_a_checkpoint) this.#checkpointing ??= this.#checkpoint();
  }

  /**
   * Resolves when everything that was committed before is on disk.
   *
   * @throws AccountsUnavailable
   */
  synced(): Promise<void> {
    this.#next ??= this.#after(this.#last);
    return this.#next;
  }

  /**
   * Throws after a failed sync: the operating system may then count as written what is not. So nothing more is answered or
   * written until the next start, which reads what the disk has.
   *
   * @throws AccountsUnavailable
   */
  assertWell(): void {
    if (this.#failed) throw this.#failed;
  }

  /** To be called before the file's last connection is closed, when nothing is written any more. */
  async close(): Promise<void> {
    await this.#next?.catch(() => undefined); // reported to whoever awaits it
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

  /** On a connection of its own, which the library runs off the event loop. Writers go on meanwhile. Never rejects. */
  async #checkpoint(): Promise<void> {
    try {
      await this.#last; // none after a failed sync: the file would take what the log may lack
      this.assertWell();
      this.#checkpoints ??= new AsyncDatabase(this.#path, {});
      this.#commits = 0;
      await this.#checkpoints.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch (thrown) {
      const error = asAccountsError(thrown);
      // A busy file or a full disk is temporary, and the log grows meanwhile. After any other failure the file may lack what it
      // seems to have.
      const is_of_the_disk = error instanceof AccountsUnavailable && error.why === 'failing';
      if (this.#checkpoints !== undefined && is_of_the_disk) this.#failed ??= error;
    } finally {
      this.#checkpointing = undefined;
    }
  }
}
