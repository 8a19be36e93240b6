import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Pace } from './pace.js';
import type { Patience } from './patience.js';
import { Refused } from './refused.js';
import type { Watch } from './watch.js';

/** A reply that lies in memory. */
interface Held {
  readonly key: string;
  bytes: number;
  /** It is out, or its caller is gone: bytes counted from then on would never be given back. */
  ended: boolean;
}

/**
 * Memory for replies. What was made stays in memory until its caller has read it, and a caller may be slow. While the
 * replies of a key (an operation) hold more than its share, no further one of its own is begun.
 *
 * How large a reply is becomes known only when it is made, so a key may go beyond its share by what it has under way. That counts
 * against the key alone: of what a key holds, no more than half of the whole counts against the others.
 */
export class ReplyRoom {
  readonly #total_bytes: number;
  readonly #patience: Patience;
  readonly #watch: Watch;
  readonly #replies = new WeakMap<ServerResponse, Held>();
  readonly #keys = new Map<string, number>();
  #held = 0;
  #refused = 0;
  #cut = 0;

  constructor(total_bytes: number, patience: Patience, watch: Watch) {
    this.#total_bytes = total_bytes;
    this.#patience = patience;
    this.#watch = watch;
  }

  /**
   * To be called before a reply is made. A key that holds nothing is let in although others hold all, until four of them hold
   * half or more each: several callers who do not read may not shut out one who does.
   *
   * @throws Refused when the key holds more than is left free
   */
  admit(key: string): void {
    const half = this.#total_bytes / 2;
    let free = this.#total_bytes;
    for (const bytes of this.#keys.values()) free -= Math.min(bytes, half);
    const own = this.#keys.get(key) ?? 0;
    if (own === 0 ? free > -this.#total_bytes : Math.min(own, half + 1) <= free) return;
    this.#refused += 1;
    throw new Refused('replies that nobody reads');
  }

  /** Counts a reply until it is out or its connection has ended. Called again for the same reply, it corrects the size. */
  hold(key: string, raw: ServerResponse, bytes: number): void {
    const known = this.#replies.get(raw);
    if (known) {
      if (known.ended) return;
      this.#add(known, bytes - known.bytes);
      return;
    }
    if (raw.destroyed || raw.closed) return;
    const held: Held = { key, bytes: 0, ended: false };
    this.#replies.set(raw, held);
    this.#add(held, bytes);
    const end = this.#watchReader(raw);
    raw.once('close', () => {
      end();
      held.ended = true;
      this.#add(held, -held.bytes);
    });
  }

  isHeld(raw: ServerResponse): boolean {
    return this.#replies.has(raw);
  }

  figures() {
    return {
      limit: this.#total_bytes,
      held: this.#held,
      waiting: 0,
      refused: this.#refused,
      cut: this.#cut,
    };
  }

  #add(held: Held, bytes: number): void {
    held.bytes += bytes;
    this.#held += bytes;
    const left = (this.#keys.get(held.key) ?? 0) + bytes;
    if (left > 0) this.#keys.set(held.key, left);
    else this.#keys.delete(held.key);
  }

  #watchReader(raw: ServerResponse): () => void {
    const { reader_silence_ms, reader_grace_ms, reader_total_ms, least_bytes_per_s } = this.#patience;
    const bounds = {
      silence_ms: reader_silence_ms,
      grace_ms: reader_grace_ms,
      total_ms: reader_total_ms,
      least_bytes_per_s,
    };
    let pace: Pace | undefined;
    let before = 0;
    const end = this.#watch.add((now_ms) => {
      const { socket } = raw;
      // A reply that waits for another one on its connection has no socket yet; a request in memory never has one.
      if (!(socket instanceof Socket)) return;
      const taken = takenBy(socket);
      if (pace === undefined) {
        pace = new Pace(bounds, now_ms, 2 * this.#watch.every_ms);
        before = taken;
      }
      // Where nothing waits to be taken, it is the service that is slow.
      if (!pace.look(now_ms, taken - before, raw.writableLength > 0)) return;
      end();
      this.#cut += 1;
      socket.destroy();
    });
    return end;
  }
}

/**
 * Bytes that the system has taken of what was written to a connection. A large piece is one write, which Node counts only when it
 * is out whole; how much of it is out, the handle alone knows. (Node's own time-outs look at it too.)
 */
function takenBy(socket: Socket): number {
  const whole = socket.bytesWritten - socket.writableLength;
  const handle: unknown = Reflect.get(socket, '_handle');
  if (typeof handle !== 'object' || handle === null) return whole;
  if (!('bytesWritten' in handle) || !('writeQueueSize' in handle)) return whole;
  const { bytesWritten, writeQueueSize } = handle;
  if (typeof bytesWritten !== 'number' || typeof writeQueueSize !== 'number') return whole;
  return Math.max(whole, bytesWritten - writeQueueSize);
}
