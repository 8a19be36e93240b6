import { Refused } from '../../../admission/refused.js';
import type { Session } from '../session.js';

/**
 * Sessions that wait for their end at most. A closed one of the embedded engine takes a quarter of a megabyte until the
 * statements have ended that ran when it was closed, which may take a minute: so callers who hang up all the time have
 * 256 MiB together.
 */
const MAX = 1_024;

export interface LeaversOptions {
  readonly max?: number;
  /**
   * When a session is gone: as soon as it is closed, or only when all has ended that ran in the engine then, as in the
   * embedded engine.
   */
  readonly gone?: 'when closed' | 'when all has ended';
}

/** Sessions that are used no more, and whose they were. */
export class Leavers {
  readonly #max: number;
  readonly #gone: LeaversOptions['gone'];
  #all = 0;
  readonly #by_key = new Map<string, number>();
  readonly #closing = new Set<Promise<void>>();
  /** What runs in the engine. */
  readonly #running = new Set<Promise<unknown>>();

  constructor({ max = MAX, gone = 'when all has ended' }: LeaversOptions = {}) {
    this.#max = max;
    this.#gone = gone;
  }

  /**
   * Whoever broke off so much waits until some of it is gone: more than is left for the others, so alone half of all.
   *
   * @throws Refused
   */
  admit(key: string): void {
    if (this.of(key) >= this.#max - this.#all) throw new Refused('too many statements were broken off');
  }

  /** How many of a key have not ended. */
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
    const closing = this.#close(key, session).catch(() => undefined); // to close a session does not throw
    this.#closing.add(closing);
    closing.finally(() => this.#closing.delete(closing)).catch(() => undefined);
  }

  /** Resolves when all have ended. */
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
