import { EngineAborted, EngineTimeout } from '../engine.js';

/** How often a statement that shall stop is told so: the first time it may not have begun. */
const STOP_AGAIN_MS = 250;
/**
 * How long a statement that was told to stop is waited for. An engine that answers ends it in some milliseconds; one that
 * does not answer may be frozen, or be another server than the one that runs it.
 */
const ABANDON_MS = 1_000;

/** The end of a statement that its caller or its time brings on. */
export class StatementStop {
  readonly #caller: AbortSignal | undefined;
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #abandoned = new AbortController();
  readonly #ended = new AbortController();
  #again: NodeJS.Timeout | undefined;
  #abandon: NodeJS.Timeout | undefined;
  #late = false;
  #telling = false;

  /** @param kill tells the engine, unless `ended` fires before it could */
  constructor(max_ms: number, caller: AbortSignal | undefined, kill: (ended: AbortSignal) => Promise<void>) {
    this.#caller = caller;
    const tell = () => {
      if (this.#telling) return; // the engine is busy: one more would only wait behind it
      this.#telling = true;
      const told = () => {
        this.#telling = false;
      };
      kill(this.#ended.signal).then(told, told); // a query that can't be told ends by its own max_execution_time
    };
    this.#stop = () => {
      tell();
      this.#again ??= setInterval(tell, STOP_AGAIN_MS);
      this.#abandon ??= setTimeout(() => this.#abandoned.abort(), ABANDON_MS);
    };
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#stop();
    }, max_ms);
    if (caller?.aborted) this.#stop();
    else caller?.addEventListener('abort', this.#stop, { once: true });
  }

  /** Fires when the statement should have stopped and has not: for engines whose statements can be left alone. */
  get abandoned(): AbortSignal {
    return this.#abandoned.signal;
  }

  /** @throws EngineAborted, EngineTimeout */
  throwIfStopped(cause?: unknown): void {
    if (this.#caller?.aborted) throw new EngineAborted('the query was stopped', { cause });
    if (this.#late) throw new EngineTimeout('the query reached its time limit', { cause });
  }

  end(): void {
    this.#ended.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#abandon);
    clearInterval(this.#again);
    this.#caller?.removeEventListener('abort', this.#stop);
  }
}
