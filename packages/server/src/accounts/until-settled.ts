import { setTimeout as wait } from 'node:timers/promises';
import type { Report } from './owed.js';

/** Between two tries. The wait doubles after each failure. */
const WAIT_MS = { first: 1_000, longest: 60_000 };

/** Does the same piece of work whenever it is asked to, never twice at once, and repeats it until it succeeds. */
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

  /** If it is asked while the work runs, the work runs once more afterwards. */
  ask(): void {
    this.#is_asked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // It was asked after the run's last check and before this one.
      if (this.#is_asked && !this.#stop.signal.aborted) this.ask();
    });
  }

  /** Resolves when the work does not run any more. It does not begin again. */
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
