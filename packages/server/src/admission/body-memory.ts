import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Pace } from './pace.js';
import type { Patience } from './patience.js';
import { type Holding, noMoreThanIsLeft, Shares } from './shares.js';
import type { Watch } from './watch.js';

/**
 * Memory for bodies that are being taken in, counted by the bytes that have come and not by what the headers say. A body for
 * which there is no room is left unread, which by itself holds its sender back: memory does not grow with the number of senders.
 */
export class BodyMemory {
  readonly #shares: Shares;
  readonly #patience: Patience;
  readonly #watch: Watch;
  #cut = 0;

  /** @param total_bytes at least twice the largest body, as one key alone may have half */
  constructor(total_bytes: number, patience: Patience, watch: Watch) {
    this.#shares = new Shares({
      total: total_bytes,
      share: noMoreThanIsLeft,
      waiting_max: Number.POSITIVE_INFINITY, // connections are bounded, and each has one body at a time
    });
    this.#patience = patience;
    this.#watch = watch;
  }

  /**
   * @param hung_up fires when the sender is gone
   * @param total_ms a shorter limit than `body_total_ms`, if any
   */
  enter(key: string, hung_up: AbortSignal, total_ms = Number.POSITIVE_INFINITY): BodyTicket {
    const wait = { wait_ms: this.#patience.room_ms, signal: hung_up };
    const holding = this.#shares.open(key);
    return {
      grow: (bytes) => holding.grow(bytes, wait),
      watch: (body, socket, late) => this.#hurry(holding, body, socket, late, total_ms),
      release: () => holding.release(),
    };
  }

  figures() {
    return { ...this.#shares.figures(), cut: this.#cut };
  }

  #hurry(holding: Holding, body: Readable, socket: Socket, late: () => void, total_ms: number): () => void {
    if (!(socket instanceof Socket)) return () => undefined; // a request in memory
    const { body_silence_ms, body_grace_ms, body_total_ms, least_bytes_per_s } = this.#patience;
    const bounds = {
      silence_ms: body_silence_ms,
      grace_ms: body_grace_ms,
      total_ms: Math.min(body_total_ms, total_ms),
      least_bytes_per_s,
    };
    const pace = new Pace(bounds, performance.now(), 2 * this.#watch.every_ms);
    const before = socket.bytesRead;
    const end = this.#watch.add((now_ms) => {
      const is_waited_for = !holding.waits && body.readableLength === 0;
      if (!pace.look(now_ms, socket.bytesRead - before, is_waited_for)) return;
      end();
      this.#cut += 1;
      late();
    });
    return end;
  }
}

/** Accounts for the memory and the pace of one body. */
export interface BodyTicket {
  /** To be awaited for bytes that came, and for those that they decompress to. @throws Refused; the hang-up's reason */
  grow(bytes: number): Promise<void>;
  /** Looks at its sender, and calls `late` once when the sender is too slow. @returns a function that ends it */
  watch(body: Readable, socket: Socket, late: () => void): () => void;
  /** To be called when nothing of the body is needed any more. A second call does nothing. */
  release(): void;
}
