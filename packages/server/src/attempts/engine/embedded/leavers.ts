import { Refused } from '../../../admission/refused.js';
import type { EmbeddedSession } from './session.js';

/**
 * Sessions of one key that wait for their end at most. A closed one takes a quarter of a megabyte until the statements
 * have ended that ran when it was closed, which may take a minute: so a caller who hangs up all the time has 16 MiB.
 */
const MAX_BY_KEY = 64;

/** Sessions that are used no more, and whose they were. */
export class Leavers {
  readonly #max_by_key: number;
  readonly #by_key = new Map<string, number>();
  readonly #closing = new Set<Promise<void>>();
  /** What runs in the engine: the library closes a session only when all of it has ended. */
  readonly #running = new Set<Promise<unknown>>();

  constructor(max_by_key = MAX_BY_KEY) {
    this.#max_by_key = max_by_key;
  }

  /** Whoever broke off so much waits until some of it is gone. @throws Refused */
  admit(key: string): void {
    if (this.of(key) >= this.#max_by_key) throw new Refused('too many statements were broken off');
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

  add(key: string, session: EmbeddedSession): void {
    this.#by_key.set(key, this.of(key) + 1);
    const closing = this.#close(key, session).catch(() => undefined); // the library's close does not throw
    this.#closing.add(closing);
    closing.finally(() => this.#closing.delete(closing)).catch(() => undefined);
  }

  /** Resolves when all have ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#closing);
  }

  async #close(key: string, session: EmbeddedSession): Promise<void> {
    try {
      await session.close();
      await Promise.allSettled(this.#running);
    } finally {
      const left = this.of(key) - 1;
      if (left > 0) this.#by_key.set(key, left);
      else this.#by_key.delete(key);
    }
  }
}
