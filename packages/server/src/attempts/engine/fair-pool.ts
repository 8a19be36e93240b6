/**
 * Shares a few sessions between many callers, in turns by key (an operation), so that one that asks a lot waits for
 * itself and not others for it.
 */
export interface FairPoolOptions {
  /** Sessions that one key may hold at once; the rest stay free for the others. */
  readonly max_per_key: number;
}

interface Waiting<Session> {
  readonly start: (session: Session) => void;
  readonly key: string;
}

export class FairPool<Session> {
  readonly #idle: Session[];
  readonly #max_per_key: number;
  readonly #held = new Map<string, number>();
  /** Keys in the order of their turns; Map keeps insertion order, and a served key goes to the back. */
  readonly #queues = new Map<string, Waiting<Session>[]>();

  constructor(sessions: readonly Session[], options: FairPoolOptions) {
    this.#idle = [...sessions];
    this.#max_per_key = options.max_per_key;
  }

  /**
   * Runs `work` with a session of its own as soon as it is the key's turn.
   * When `signal` fires while waiting, the place in the queue is given up and the signal's reason is thrown.
   */
  async run<T>(
    key: string,
    signal: AbortSignal | undefined,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const session = await this.#acquire(key, signal);
    try {
      return await work(session);
    } finally {
      this.#release(key, session);
    }
  }

  #acquire(key: string, signal: AbortSignal | undefined): Promise<Session> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#leaveQueue(waiting);
        reject(signal?.reason);
      };
      const waiting: Waiting<Session> = {
        key,
        start: (session) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(session);
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      const queue = this.#queues.get(key);
      if (queue) queue.push(waiting);
      else this.#queues.set(key, [waiting]);
      this.#serve();
    });
  }

  #release(key: string, session: Session): void {
    const held = (this.#held.get(key) ?? 1) - 1;
    if (held === 0) this.#held.delete(key);
    else this.#held.set(key, held);
    this.#idle.push(session);
    this.#serve();
  }

  #serve(): void {
    for (const [key, queue] of this.#queues) {
      if (this.#idle.length === 0) return;
      if ((this.#held.get(key) ?? 0) >= this.#max_per_key) continue;
      const next = queue.shift();
      const session = next && this.#idle.pop();
      if (!next || session === undefined) continue;
      this.#held.set(key, (this.#held.get(key) ?? 0) + 1);
      this.#queues.delete(key);
      if (queue.length > 0) this.#queues.set(key, queue); // to the back of the turns
      next.start(session);
    }
  }

  #leaveQueue(waiting: Waiting<Session>): void {
    const queue = this.#queues.get(waiting.key);
    if (!queue) return;
    const at = queue.indexOf(waiting);
    if (at >= 0) queue.splice(at, 1);
    if (queue.length === 0) this.#queues.delete(waiting.key);
  }
}
