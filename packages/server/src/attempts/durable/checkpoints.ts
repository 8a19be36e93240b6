import { EngineUnavailable } from '../engine/engine.js';
import type { Journal } from '../journal.js';

/** When a checkpoint comes by itself. */
export interface CheckpointTimes {
  /**
   * After the first write since the last checkpoint. By then most parts of a stream of small uploads are merged, and need not be
   * synced one by one. A start after a kill stores again what came in this time.
   */
  readonly write_ms: number;
  /** While nothing is written: merges go on, and a merged part must be on disk before the parts that it replaces are deleted. */
  readonly rest_ms: number;
  /** After a checkpoint that failed. */
  readonly again_ms: number;
}

const TIMES: CheckpointTimes = { write_ms: 5_000, rest_ms: 15_000, again_ms: 2_000 };

/** How much may wait before a checkpoint comes at once. */
export interface CheckpointBounds {
  /** A start after a kill stores each entry again, in some ten milliseconds. */
  readonly entries: number;
  readonly bytes: number;
}

const BOUNDS: CheckpointBounds = { entries: 500, bytes: 128 * 1024 ** 2 };
/** At so many times the bounds, writers wait for the checkpoint: a disk that is slower than they are must not fill with entries. */
const WRITERS_WAIT = 4;

export interface CheckpointOptions {
  /** Brings everything to the disk that the engine has taken. */
  readonly sync: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  readonly times?: CheckpointTimes;
  readonly bounds?: CheckpointBounds;
}

/**
 * Entries of the journal whose rows the engine has taken, but may not have brought to the disk. A checkpoint brings all of these rows
 * there at once, while writers go on, and then removes the entries.
 */
export class Checkpoints {
  readonly #journal: Journal;
  readonly #options: CheckpointOptions;
  readonly #times: CheckpointTimes;
  readonly #bounds: CheckpointBounds;
  #waiting: string[] = [];
  #waiting_bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #due_ms = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #is_closed = false;

  constructor(journal: Journal, options: CheckpointOptions) {
    this.#journal = journal;
    this.#options = options;
    this.#times = options.times ?? TIMES;
    this.#bounds = options.bounds ?? BOUNDS;
    this.#in(this.#times.rest_ms);
  }

  /** Adds an entry whose rows the engine has taken. The entry stays until they are on disk. */
  taken(entry: string, bytes: number): void {
    this.#waiting.push(entry);
    this.#waiting_bytes += bytes;
    this.#in(this.#wait());
  }

  /**
   * Resolves when little enough waits that more may be written.
   *
   * @throws EngineUnavailable when the rows that wait could not be brought to the disk
   */
  async room(): Promise<void> {
    if (!this.#isOver(WRITERS_WAIT)) return;
    await this.now().catch(() => undefined); // `onFailure` has reported it
    if (this.#isOver(WRITERS_WAIT)) throw new EngineUnavailable('too much waits to be brought to the disk');
  }

  /** Resolves when everything is on disk that the engine had taken when this was called. */
  async now(): Promise<void> {
    await this.#running?.catch(() => undefined); // one that began earlier may miss rows
    await this.#run();
  }

  /** Makes the last checkpoint, after the last write. Rejects when it fails: the next start stores again what is left. */
  async close(): Promise<void> {
    this.abandon();
    await this.now();
  }

  /** From now on no checkpoint comes by itself. */
  abandon(): void {
    this.#is_closed = true;
    clearTimeout(this.#timer);
  }

  #isOver(times: number): boolean {
    return (
      this.#waiting.length >= times * this.#bounds.entries ||
      this.#waiting_bytes >= times * this.#bounds.bytes
    );
  }

  /** Time until the next checkpoint, in milliseconds. */
  #wait(): number {
    return this.#isOver(1) ? 0 : this.#times.write_ms;
  }

  /** Makes the next checkpoint come after `wait_ms` at the latest. */
  #in(wait_ms: number): void {
    const due_ms = performance.now() + wait_ms;
    if (this.#is_closed || due_ms >= this.#due_ms) return;
    clearTimeout(this.#timer);
    this.#due_ms = due_ms;
    this.#timer = setTimeout(() => {
      this.#run().catch(() => undefined); // `onFailure` has reported it
    }, wait_ms).unref();
  }

  #run(): Promise<void> {
    this.#running ??= this.#checkpoint().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #checkpoint(): Promise<void> {
    const [taken, bytes] = [this.#waiting, this.#waiting_bytes];
    this.#waiting = [];
    this.#waiting_bytes = 0;
    try {
      await this.#options.sync();
      await this.#journal.remove(taken);
      this.#after(this.#waiting.length > 0 ? this.#wait() : this.#times.rest_ms);
    } catch (error) {
      this.#waiting = [...taken, ...this.#waiting];
      this.#waiting_bytes += bytes;
      this.#options.onFailure(error);
      this.#after(this.#times.again_ms);
      throw error;
    }
  }

  #after(wait_ms: number): void {
    clearTimeout(this.#timer);
    this.#due_ms = Number.POSITIVE_INFINITY;
    this.#in(wait_ms);
  }
}
