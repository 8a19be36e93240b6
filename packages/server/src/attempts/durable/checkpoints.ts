import { EngineUnavailable } from '../engine/engine.js';
import type { Journal } from '../journal.js';

/** When entries come to their end. */
export interface CheckpointTimes {
  /**
   * After the first write since the last checkpoint. Most parts of a stream of small uploads are merged by then, and need not be
   * brought to the disk one by one; and a start after a kill stores again what came in so long.
   */
  readonly write_ms: number;
  /** While nothing is written: merges go on, and what they made has to be on disk before what they merged is deleted. */
  readonly rest_ms: number;
  /** Until a failed one is tried again. */
  readonly again_ms: number;
}

const TIMES: CheckpointTimes = { write_ms: 5_000, rest_ms: 15_000, again_ms: 2_000 };

/** What may wait before a checkpoint comes at once. */
export interface CheckpointBounds {
  /** A start after a kill stores each of them again, in some ten milliseconds. */
  readonly entries: number;
  readonly bytes: number;
}

const BOUNDS: CheckpointBounds = { entries: 500, bytes: 128 * 1024 ** 2 };
/** Times of that before writers wait for the checkpoint: a disk that is slower than they are must not fill up with entries. */
const WRITERS_WAIT = 4;

export interface CheckpointOptions {
  /** Brings to the disk all that the engine has taken. */
  readonly sync: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  readonly times?: CheckpointTimes;
  readonly bounds?: CheckpointBounds;
}

/**
 * Entries of the journal whose rows the engine has taken and may not have brought to the disk. A checkpoint brings them there,
 * all at once and beside the writers, and then removes the entries.
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

  /** An entry whose rows the engine has taken: it stays until they are on disk. */
  taken(entry: string, bytes: number): void {
    this.#waiting.push(entry);
    this.#waiting_bytes += bytes;
    this.#in(this.#wait());
  }

  /**
   * Resolves when so little waits that more may be written.
   *
   * @throws EngineUnavailable when what waits could not be brought to the disk
   */
  async room(): Promise<void> {
    if (!this.#isOver(WRITERS_WAIT)) return;
    await this.now().catch(() => undefined); // told where it failed
    if (this.#isOver(WRITERS_WAIT)) throw new EngineUnavailable('too much waits to be brought to the disk');
  }

  /** Resolves when everything is on disk that the engine had taken when this was called. */
  async now(): Promise<void> {
    await this.#running?.catch(() => undefined); // one that began before
    await this.#run();
  }

  /** The last one, when nothing is written any more. Rejects where it fails: what is left is stored again by the next start. */
  async close(): Promise<void> {
    this.abandon();
    await this.now();
  }

  /** No more of them come by themselves. */
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

  /** Until what waits is brought to the disk. */
  #wait(): number {
    return this.#isOver(1) ? 0 : this.#times.write_ms;
  }

  /** The next one comes in so long, or before. */
  #in(wait_ms: number): void {
    const due_ms = performance.now() + wait_ms;
    if (this.#is_closed || due_ms >= this.#due_ms) return;
    clearTimeout(this.#timer);
    this.#due_ms = due_ms;
    this.#timer = setTimeout(() => {
      this.#run().catch(() => undefined); // told where it failed
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
