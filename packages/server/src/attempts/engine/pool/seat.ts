import { EngineUnavailable } from '../engine.js';
import type { Session } from '../session.js';
import type { Leavers } from './leavers.js';

/**
 * A place of the pool, and the session that sits in it. A session on which something did not end well leaves and is not used again.
 * The next statement gets a new one.
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

  /** Runs one piece of work of `key`. @throws EngineUnavailable, or what the work throws */
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

  /** The same for work that yields. Work whose consumer stops early did not end well. */
  async *through<T>(key: string, work: (session: Own) => AsyncGenerator<T>): AsyncGenerator<T> {
    const session = this.#sit();
    try {
      yield* work(session);
      this.#session = session;
    } finally {
      this.#leaveUnlessKept(key, session);
    }
  }

  /** To be called when nothing runs on the session any more. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  /** While work runs the seat is empty. The session is put back only if the work ended well. */
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
