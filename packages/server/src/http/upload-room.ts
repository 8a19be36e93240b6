import { MAX_BODY_BYTES } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerGone, unavailable } from './errors.js';

/** How long a body waits for room, unread: a sender that waits longer is told so, and may send again. */
const WAIT_MAX_MS = 10_000;

interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/**
 * Room for the bodies of uploads under way, in bytes. While there is none further bodies are not read, which holds
 * their senders back by itself: memory does not grow with their number. Who came first enters first.
 */
export class UploadRoom {
  #free: number;
  readonly #wait_max_ms: number;
  readonly #waiting: Waiting[] = [];

  /** @param bytes at least MAX_BODY_BYTES, or the largest upload would never enter */
  constructor(bytes: number, wait_max_ms = WAIT_MAX_MS) {
    this.#free = bytes;
    this.#wait_max_ms = wait_max_ms;
  }

  /**
   * For `onRequest`: resolves when the body may be read. What entered leaves when the reply or its connection ends.
   *
   * @throws RecuentoError unavailable
   * @throws CallerGone when the sender hangs up while it waits
   */
  admit(request: FastifyRequest, { raw }: FastifyReply): Promise<void> {
    const bytes = weightOf(request);
    // The connection may have ended while the token was looked up: then no `close` comes any more.
    if (raw.destroyed) return Promise.reject(new CallerGone());
    const enter = () => {
      this.#free -= bytes;
      raw.once('close', () => this.#leave(bytes));
    };
    if (this.#waiting.length === 0 && bytes <= this.#free) {
      enter();
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        raw.off('close', hungUp);
      };
      const giveUp = (reason: Error) => {
        settle();
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        this.#next(); // it may have been what a smaller one waited behind
        reject(reason);
      };
      const hungUp = () => giveUp(new CallerGone());
      const timer = setTimeout(() => giveUp(unavailable()), this.#wait_max_ms);
      const waiting: Waiting = {
        bytes,
        enter: () => {
          settle();
          enter();
          resolve();
        },
      };
      raw.once('close', hungUp);
      this.#waiting.push(waiting);
    });
  }

  #leave(bytes: number): void {
    this.#free += bytes;
    this.#next();
  }

  #next(): void {
    for (let first = this.#waiting[0]; first && first.bytes <= this.#free; first = this.#waiting[0]) {
      this.#waiting.shift();
      first.enter();
    }
  }
}

/** What a body may come to: what it says of itself, or the most where it does not say, or is compressed. */
function weightOf({ headers }: FastifyRequest): number {
  const length = Number(headers['content-length']);
  const told = headers['content-encoding'] === undefined && Number.isSafeInteger(length) && length >= 0;
  return told ? Math.min(length, MAX_BODY_BYTES) : MAX_BODY_BYTES;
}
