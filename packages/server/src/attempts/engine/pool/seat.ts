import { EngineUnavailable } from '../engine.js';
import type { Session } from '../session.js';
import type { Leavers } from './leavers.js';

/**
 * A place of the pool, and the session that sits in it. A session on which something did not end well leaves, and the
 * next statement finds a new one: what failed is not used again.
 */
export class Seat<Own extends Session> {
  readonly #open: () => Own;
  readonly #leavers: Leavers;
  #session: Own | undefined;

  /** @throws what `open` throws, the first time */
  constructor(open: () => Own, leavers: Leavers) {
    this.#open = open;
    this.#leavers = leavers;
    this.#session = open();
  }

  /** Runs one piece of work; `key` is whose. @throws EngineUnavailable, or what the work throws */
  async use<T>(key: string, work: (session: Own) => Promise<T>): Promise<T> {
    const session = this.#sit();
    try {
      const result = await work(session);
      this.#session = session;
      return result;
    } finally {
      this.#leaveUnlessKept(key, session);
    }
  }

  /** The same of work that yields. Work that is not taken to its end did not end well. */
  async *through<T>(key: string, work: (session: Own) => AsyncGenerator<T>): AsyncGenerator<T> {
    const session = this.#sit();
    try {
      yield* work(session);
      this.#session = session;
    } finally {
      this.#leaveUnlessKept(key, session);
    }
  }

  /** To be called when nothing runs here any more. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  /** While work runs the seat is empty: only what ended well puts its session back. */
  #sit(): Own {
    const session = this.#session ?? this.#opened();
    this.#session = undefined;
    return session;
  }

  #opened(): Own {
    try {
      return this.#open();
    } catch (error) {
      throw new EngineUnavailable('no session could be opened', { cause: error });
    }
  }

  #leaveUnlessKept(key: string, session: Own): void {
    if (this.#session !== session) this.#leavers.add(key, session);
  }
}
