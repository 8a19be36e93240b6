import { Retries } from '../retries/retries.js';
import { askingForTheService } from './asker.js';
import { AccountsUnavailable } from './unavailable.js';

/** Where a failure is reported: the log, which this room does not know. */
export type Report = (message: string, error: unknown) => void;

/** How often what is owed is tried again. */
const TRY_AGAIN_MS = 1_000;
/** Tries of what fails although the accounts can be used: more would fail too. */
const TRIES_MAX = 5;
/**
 * How much is remembered. What is given up also ends by itself: slots by their expiry, jobs when their node ends (takeover.ts).
 */
const OWED_MAX = { pieces: 10_000, bytes: 64 * 1024 ** 2 };

/**
 * Small pieces of work that failed when they were due, such as the release of a slot while the disk is full. They are done later,
 * in their order, and nobody waits for them.
 */
export class Owed {
  readonly #report: Report;
  readonly #retries: Retries;

  constructor(report: Report, wait_ms = TRY_AGAIN_MS) {
    this.#report = report;
    this.#retries = new Retries({
      first_wait_ms: wait_ms,
      longest_wait_ms: wait_ms,
      tries_max: TRIES_MAX,
      isOfPlace: (error) => error instanceof AccountsUnavailable,
      giveUp: async (key, error) => {
        report(`${key} failed ${TRIES_MAX} times, and is given up`, error);
        return true;
      },
    });
  }

  /**
   * Does the work now, or, where it fails, later. Never rejects. Work that is owed under the same key is replaced.
   *
   * @param bytes what is kept in memory for it, beside the little that each piece takes
   */
  async settle(key: string, work: () => Promise<void>, bytes = 0): Promise<void> {
    try {
      await work();
      this.#retries.forget(key);
    } catch (error) {
      const { size, bytes: kept_bytes } = this.#retries;
      if (size >= OWED_MAX.pieces || kept_bytes + bytes > OWED_MAX.bytes) {
        this.#report(`${key} failed, and is given up: too much is owed`, error);
        return;
      }
      this.#report(`${key} failed, and is tried again`, error);
      // One after another, whosever they are: none waits behind what one operation asks for.
      const again = () => askingForTheService(work);
      this.#retries.add(key, { work: again, bytes, owner: '' }, error);
    }
  }

  get size(): number {
    return this.#retries.size;
  }

  /** Tries everything a last time; what still fails is given up. */
  async close(): Promise<void> {
    await this.#retries.close();
    await this.#retries.tryAll();
  }
}
