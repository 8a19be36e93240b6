import { setTimeout as wait } from 'node:timers/promises';
import type { Report } from './owed.js';

/** Between two tries; twice the one before after each failure. */
const WAIT_MS = { first: 1_000, longest: 60_000 };

/** Does the same piece of work whenever it is asked to, never twice at once, and again until it does not fail. */
export class UntilSettled {
  readonly #work: () => Promise<void>;
  readonly #report: (error: unknown) => void;
  readonly #stop = new AbortController();
  #is_asked = false;
  #running: Promise<void> | undefined;

  constructor(what: string, work: () => Promise<void>, report: Report) {
    this.#work = work;
    this.#report = (error) => report(`${what} failed, and is tried again`, error);
  }

  /** What is asked for while it is done is done once more afterwards. */
  ask(): void {
    this.#is_asked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // Asked for behind the last look of the run, and before this.
      if (this.#is_asked && !this.#stop.signal.aborted) this.ask();
    });
  }

  /** Resolves when it is not being done any more; it is not begun again. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (let wait_ms = WAIT_MS.first; this.#is_asked && !signal.aborted; ) {
      this.#is_asked = false;
      try {
        await this.#work();
        wait_ms = WAIT_MS.first;
      } catch (error) {
        this.#is_asked = true;
        this.#report(error);
        await wait(wait_ms, undefined, { signal, ref: false }).catch(() => undefined);
        wait_ms = Math.min(2 * wait_ms, WAIT_MS.longest);
      }
    }
  }
}
