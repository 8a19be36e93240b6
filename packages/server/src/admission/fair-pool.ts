import type { PoolFigures } from './figures.js';
import { Refused } from './refused.js';

/**
 * Short work has little to read; long work may hold a session for seconds. A stream holds it for as long as its reader takes,
 * which only the reader decides.
 */
export type Lane = 'short' | 'long' | 'stream';

/**
 * Shares a few sessions between many callers, in turns by key (an operation). So an operation that asks a lot waits for itself,
 * and others do not wait for it. Some sessions are kept for short work, so that it never waits for long work alone. Streams are
 * long work of which a key may have one, so that slow readers leave sessions to whoever only reads a report.
 */
export interface FairPoolOptions {
  /** Sessions that one key may hold at once; the rest stay free for the others. */
  readonly max_per_key: number;
  /**
   * Sessions that long work and streams may hold at once, of all keys; absent is all. They also leave one of each key's own free.
   */
  readonly max_long?: number;
  /** Sessions that streams may hold at once, of all keys; absent is all that long work may. */
  readonly max_streams?: number;
  /** Callers of each lane that wait at most; one more is refused at once. Absent is no bound. */
  readonly max_waiting?: number;
}

interface Waiting<Session> {
  readonly start: (session: Session) => void;
  readonly key: string;
  readonly lane: Lane;
  /** Whether it counts in the lane's line. */
  readonly bounded: boolean;
}

export class FairPool<Session> {
  readonly #idle: Session[];
  readonly #total: number;
  #refused = 0;
  readonly #max_per_key: number;
  readonly #max_long: number;
  readonly #max_streams: number;
  readonly #max_waiting: number;
  readonly #held = new Map<string, Record<Lane, number>>();
  readonly #held_by_all: Record<Lane, number> = { short: 0, long: 0, stream: 0 };
  readonly #waiting: Record<Lane, number> = { short: 0, long: 0, stream: 0 };
  /** Keys in the order of their turns; Map keeps insertion order, and a served key goes to the back. */
  readonly #queues = new Map<string, Waiting<Session>[]>();

  constructor(sessions: readonly Session[], options: FairPoolOptions) {
    this.#idle = [...sessions];
    this.#total = sessions.length;
    this.#max_per_key = options.max_per_key;
    this.#max_long = options.max_long ?? sessions.length;
    this.#max_streams = options.max_streams ?? this.#max_long;
    this.#max_waiting = options.max_waiting ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Runs `work` with a session of its own as soon as it is the key's turn. When `signal` fires while waiting, the place in the
   * queue is given up and the signal's reason is thrown. Work without a lane is short, and waits however many others wait:
   * breaking off what it is part of would cost more.
   *
   * @throws Refused at once when too many of the lane wait
   */
  async run<T>(
    key: string,
    signal: AbortSignal | undefined,
    work: (session: Session) => Promise<T>,
    lane?: Lane,
  ): Promise<T> {
    const { session, release } = await this.take(key, signal, lane);
    try {
      return await work(session);
    } finally {
      release();
    }
  }

  /** Takes a session as `run` does, for work that ends elsewhere: it calls `release` once. */
  async take(
    key: string,
    signal: AbortSignal | undefined,
    lane?: Lane,
  ): Promise<{ session: Session; release: () => void }> {
    const session = await this.#acquire(key, signal, lane);
    return { session, release: () => this.#release(key, session, lane ?? 'short') };
  }

  figures(): PoolFigures {
    const { short, long, stream } = this.#held_by_all;
    let waiting = 0;
    for (const queue of this.#queues.values()) waiting += queue.length;
    return { limit: this.#total, held: short + long + stream, waiting, refused: this.#refused, cut: 0 };
  }

  #acquire(key: string, signal: AbortSignal | undefined, lane: Lane | undefined): Promise<Session> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#leaveQueue(waiting);
        reject(signal?.reason);
      };
      const waiting: Waiting<Session> = {
        key,
        lane: lane ?? 'short',
        bounded: lane !== undefined,
        start: (session) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(session);
        },
      };
      const queue = this.#queues.get(key);
      if (queue) queue.push(waiting);
      else this.#queues.set(key, [waiting]);
      if (waiting.bounded) this.#waiting[waiting.lane] += 1;
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#serve(); // it may start at once
      if (this.#isRefused(waiting) && this.#leaveQueue(waiting)) {
        signal?.removeEventListener('abort', giveUp);
        this.#refused += 1;
        reject(new Refused('too many wait already'));
      }
    });
  }

  #release(key: string, session: Session, lane: Lane): void {
    const held = this.#heldBy(key);
    held[lane] -= 1;
    this.#held_by_all[lane] -= 1;
    if (held.short + held.long + held.stream === 0) this.#held.delete(key);
    this.#idle.push(session);
    this.#serve();
  }

  #serve(): void {
    for (const [key, queue] of this.#queues) {
      if (this.#idle.length === 0) return;
      if (this.#hasItsShare(key)) continue; // without a look at each of its line, which may be long
      const next = queue.find(({ lane }) => this.#mayStart(key, lane));
      const session = next && this.#idle.pop();
      if (!next || session === undefined) continue;
      this.#leaveQueue(next);
      const left = this.#queues.get(key);
      if (left) {
        this.#queues.delete(key);
        this.#queues.set(key, left); // to the back of the turns
      }
      const held = this.#heldBy(key);
      held[next.lane] += 1;
      this.#held.set(key, held);
      this.#held_by_all[next.lane] += 1;
      next.start(session);
    }
  }

  #hasItsShare(key: string): boolean {
    const { short, long, stream } = this.#heldBy(key);
    return short + long + stream >= this.#max_per_key;
  }

  /** Of a key that has not its share. */
  #mayStart(key: string, lane: Lane): boolean {
    if (lane === 'short') return true;
    const held = this.#heldBy(key);
    const long = held.long + held.stream;
    const all = this.#held_by_all;
    if (all.long + all.stream >= this.#max_long || long >= Math.max(1, this.#max_per_key - 1)) return false;
    return lane === 'long' || (all.stream < this.#max_streams && held.stream === 0);
  }

  #isRefused({ bounded, lane }: Waiting<Session>): boolean {
    return bounded && this.#waiting[lane] > this.#max_waiting;
  }

  #heldBy(key: string): Record<Lane, number> {
    return this.#held.get(key) ?? { short: 0, long: 0, stream: 0 };
  }

  /** Takes it out of its queue. @returns whether it was there */
  #leaveQueue(waiting: Waiting<Session>): boolean {
    const queue = this.#queues.get(waiting.key);
    const at = queue?.indexOf(waiting) ?? -1;
    if (!queue || at < 0) return false;
    queue.splice(at, 1);
    if (waiting.bounded) this.#waiting[waiting.lane] -= 1;
    if (queue.length === 0) this.#queues.delete(waiting.key);
    return true;
  }
}
