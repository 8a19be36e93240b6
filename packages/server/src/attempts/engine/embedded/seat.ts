import { EngineUnavailable } from '../engine.js';
import type { Leavers } from './leavers.js';
import { EmbeddedSession } from './session.js';

/**
 * A place of the pool, and the session that sits in it. A session on which something did not end well leaves, and the
 * next statement finds a new one: what failed is not used again.
 */
export class Seat {
  readonly #path: string;
  readonly #leavers: Leavers;
  #session: EmbeddedSession | undefined;

  /** @throws what the library throws where the store cannot be opened */
  constructor(path: string, leavers: Leavers) {
    this.#path = path;
    this.#leavers = leavers;
    this.#session = new EmbeddedSession(path);
  }

  /** Runs one piece of work; `key` is whose. @throws EngineUnavailable, or what the work throws */
  async use<T>(key: string, work: (session: EmbeddedSession) => Promise<T>): Promise<T> {
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
  async *through<T>(key: string, work: (session: EmbeddedSession) => AsyncGenerator<T>): AsyncGenerator<T> {
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
  #sit(): EmbeddedSession {
    const session = this.#session ?? open(this.#path);
    this.#session = undefined;
    return session;
  }

  #leaveUnlessKept(key: string, session: EmbeddedSession): void {
    if (this.#session !== session) this.#leavers.add(key, session);
  }
}

/** @throws EngineUnavailable */
function open(path: string): EmbeddedSession {
  try {
    return new EmbeddedSession(path);
  } catch (error) {
    throw new EngineUnavailable('no session could be opened', { cause: error });
  }
}
