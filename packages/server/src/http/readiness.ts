import type { DiskFault } from '../disk/disk-watch.js';
import type { Services } from './services.js';

type NotReady = DiskFault | 'accounts' | 'engine';

/** As often as a close monitor asks. */
const LOOK_EVERY_MS = 1_000;
/** Longer than any healthy store takes for `SELECT 1`; a check that takes longer is of no use. */
const LOOK_MAX_MS = 5_000;
/** A result older than this says nothing about now: a check that does not end, and the pause before it, together take less. */
const STALE_MS = 2 * LOOK_MAX_MS;

/**
 * Whether the stores answer. They are asked once a second, however many callers want to know: those callers need no
 * token, and asking for each of them would make the engine work and wait.
 */
export class Readiness {
  readonly #services: Services;
  readonly #ended = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  /** The store that is being asked, or was asked last. */
  #asked: 'accounts' | 'engine' = 'accounts';
  #found: NotReady | undefined = 'accounts';
  #looked_at_ms = performance.now();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Resolves after the first check. */
  async start(): Promise<void> {
    await this.#lookAndGoOn();
  }

  /** What is not ready, by the last check. */
  get fault(): NotReady | undefined {
    if (this.#services.disk.fault) return this.#services.disk.fault;
    if (performance.now() - this.#looked_at_ms > STALE_MS) return this.#asked;
    return this.#found;
  }

  /** Ends when the current check does. */
  async stop(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#timer);
    await this.#looking;
  }

  async #lookAndGoOn(): Promise<void> {
    this.#looking = this.#look();
    await this.#looking;
    if (this.#ended.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#lookAndGoOn().catch((error: unknown) => this.#note(this.#asked, error));
    }, LOOK_EVERY_MS).unref();
  }

  async #look(): Promise<void> {
    const { accounts, engine } = this.#services;
    try {
      this.#asked = 'accounts';
      await accounts.ping();
      this.#asked = 'engine';
      await engine.read({
        sql: 'SELECT 1 FORMAT TSV',
        fair_key: 'probe',
        max_ms: LOOK_MAX_MS,
        signal: AbortSignal.any([AbortSignal.timeout(LOOK_MAX_MS), this.#ended.signal]),
      });
      this.#note(undefined, undefined);
    } catch (error) {
      if (!this.#ended.signal.aborted) this.#note(this.#asked, error);
    }
  }

  #note(found: NotReady | undefined, error: unknown): void {
    const { log } = this.#services;
    if (found !== undefined) log.warn({ err: error, reason: found }, 'not ready');
    this.#found = found;
    this.#looked_at_ms = performance.now();
  }
}
