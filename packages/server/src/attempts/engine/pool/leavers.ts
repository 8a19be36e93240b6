import { Refused } from '../../../admission/refused.js';
import type { Session } from '../session.js';

/**
 * Sessions that may wait for their end. A closed session of the embedded engine takes a quarter of a megabyte until all statements
 * have ended that ran when it was closed, which may take a minute. So callers who hang up all the time take 256 MiB together.
 */
const MAX = 1_024;

export interface LeaversOptions {
  readonly max?: number;
  /**
   * When a session is gone: as soon as it is closed, or, as in the embedded engine, only when all statements have ended that ran at
   * that moment.
   */
  readonly gone?: 'when closed' | 'when all has ended';
}

/** Sessions that are no longer used and not gone yet, counted by the key of their last work. */
export class Leavers {
  readonly #max: number;
  readonly #gone: LeaversOptions['gone'];
  #all = 0;
  readonly #by_key = new Map<string, number>();
  readonly #closing = new Set<Promise<void>>();
  /** All work that runs in the engine. */
  readonly #running = new Set<Promise<unknown>>();

  constructor({ max = MAX, gone = 'when all has ended' }: LeaversOptions = {}) {
    this.#max = max;
    this.#gone = gone;
  }

  /**
   * Refuses a key that has more sessions here than are left free for the others, which is half of all for a single key.
   *
   * @throws Refused
   */
  admit(key: string): void {
    if (this.of(key) >= this.#max - this.#all) throw new Refused('too many statements were broken off');
  }

  /** How many sessions of a key are not gone yet. */
  of(key: string): number {
    return this.#by_key.get(key) ?? 0;
  }

  /** Counts work as running until it has ended. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  add(key: string, session: Pick<Session, 'close'>): void {
    this.#by_key.set(key, this.of(key) + 1);
    this.#all += 1;
    const closing = this.#close(key, session).catch(() => undefined); // closing a session does not throw
    this.#closing.add(closing);
    closing.finally(() => this.#closing.delete(closing)).catch(() => undefined);
  }

  /** Resolves when all are gone. */
  async settled(): Promise<void> {
    await Promise.all(this.#closing);
  }

  async #close(key: string, session: Pick<Session, 'close'>): Promise<void> {
    try {
      await session.close();
      if (this.#gone === 'when all has ended') await Promise.allSettled(this.#running);
    } finally {
      this.#all -= 1;
      const left = this.of(key) - 1;
      if (left > 0) this.#by_key.set(key, left);
      else this.#by_key.delete(key);
    }
  }
}
