import { Refused } from '../../../admission/refused.js';
import type { EmbeddedSession } from './session.js';

/**
 * Sessions that wait for their end at most. A closed one takes a quarter of a megabyte until the statements have ended that
 * ran when it was closed, which may take a minute: so callers who hang up all the time have 256 MiB together.
 */
const MAX = 1_024;

/** Sessions that are used no more, and whose they were. */
export class Leavers {
  readonly #max: number;
  #all = 0;
  readonly #by_key = new Map<string, number>();
  readonly #closing = new Set<Promise<void>>();
  /** What runs in the engine: the library closes a session only when all of it has ended. */
  readonly #running = new Set<Promise<unknown>>();

  constructor(max = MAX) {
    this.#max = max;
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

  add(key: string, session: EmbeddedSession): void {
    this.#by_key.set(key, this.of(key) + 1);
    this.#all += 1;
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
      this.#all -= 1;
      const left = this.of(key) - 1;
      if (left > 0) this.#by_key.set(key, left);
      else this.#by_key.delete(key);
    }
  }
}
