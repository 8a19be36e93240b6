import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { unavailable } from './errors.js';

/** A caller that takes nothing of its reply for so long is gone, or means no good: its connection is closed. */
const STALL_MAX_MS = 60_000;

/**
 * Memory for replies. What the engine wrote stays in memory until its caller has read it, and a caller may be slow:
 * while replies hold more than they may, no further report is run. So memory is bounded by the limit and by one reply
 * for each of the engine's sessions.
 */
export class ReplyRoom {
  readonly #max_bytes: number;
  readonly #stall_max_ms: number;
  #held = 0;

  constructor(max_bytes: number, stall_max_ms = STALL_MAX_MS) {
    this.#max_bytes = max_bytes;
    this.#stall_max_ms = stall_max_ms;
  }

  /** To be called when the engine could begin. @throws RecuentoError unavailable */
  admit(): void {
    if (this.#held > this.#max_bytes) throw unavailable();
  }

  /** Counts a reply from now until it is out or its connection has ended. */
  hold(raw: ServerResponse, bytes: number): void {
    if (raw.destroyed) return;
    this.#held += bytes;
    raw.once('close', () => {
      this.#held -= bytes;
    });
    // Progress sets it back. Without a listener of our own the server destroys the socket. In memory there is none.
    if (raw.socket instanceof Socket) raw.setTimeout(this.#stall_max_ms);
  }
}
