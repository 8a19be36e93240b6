/** What a piece of work that failed is told to: the log, which this room does not know. */
export type Report = (message: string, error: unknown) => void;

/** How often what is owed is tried again. */
const TRY_AGAIN_MS = 1_000;
/** Pieces of work that are remembered. Each of them also comes to its end by itself: slots by their expiry, jobs at a start. */
const OWED_MAX = 10_000;

/**
 * Small pieces of work whose time has passed, and which failed: a slot to be freed while the disk is full. They are done
 * later, in their order, and nobody waits for them.
 */
export class Owed {
  readonly #report: Report;
  readonly #work = new Map<string, () => Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(report: Report) {
    this.#report = report;
  }

  /** Does it now, or else later: never rejects. What is owed under the same key is replaced. */
  async settle(key: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#work.delete(key);
    } catch (error) {
      this.#report(`${key} failed, and is tried again`, error);
      if (this.#work.size < OWED_MAX) this.#work.set(key, work);
      this.#schedule();
    }
  }

  get size(): number {
    return this.#work.size;
  }

  /** The last try of all; what is still owed then is given up. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#tryAll();
  }

  #schedule(): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // It never rejects, and says so to the linter.
      this.#tryAll().catch((error: unknown) => this.#report('what is owed could not be tried', error));
    }, TRY_AGAIN_MS).unref();
  }

  /** In order; the first that fails again ends this turn, as its reason is the others' too. */
  async #tryAll(): Promise<void> {
    for (const [key, work] of this.#work) {
      try {
        await work();
      } catch {
        this.#schedule();
        return;
      }
      if (this.#work.get(key) === work) this.#work.delete(key);
    }
  }
}
