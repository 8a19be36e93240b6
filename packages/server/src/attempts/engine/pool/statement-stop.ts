import { EngineAborted, EngineTimeout } from '../engine.js';

/** How often the kill of a statement is repeated: at the first one the statement may not have begun. */
const STOP_AGAIN_MS = 250;
/**
 * How long to wait for a statement after its kill. An engine that answers ends it in some milliseconds. An engine that does not may
 * be frozen, or be another server than the one that runs the statement.
 */
const ABANDON_MS = 1_000;

/** Stops a statement when its caller gives up or its time is over. */
export class StatementStop {
  readonly #caller: AbortSignal | undefined;
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #abandoned = new AbortController();
  readonly #ended = new AbortController();
  #again: NodeJS.Timeout | undefined;
  #abandon: NodeJS.Timeout | undefined;
  #late = false;
  #is_killing = false;

  /** @param kill kills the statement in the engine, unless `ended` fires first */
  constructor(max_ms: number, caller: AbortSignal | undefined, kill: (ended: AbortSignal) => Promise<void>) {
    this.#caller = caller;
    const killOnce = () => {
      if (this.#is_killing) return; // the engine is busy: another kill would only wait behind this one
      this.#is_killing = true;
      const done = () => {
        this.#is_killing = false;
      };
      kill(this.#ended.signal).then(done, done); // a query that no kill reaches ends by its own max_execution_time
    };
    this.#stop = () => {
      killOnce();
      this.#again ??= setInterval(killOnce, STOP_AGAIN_MS);
      this.#abandon ??= setTimeout(() => this.#abandoned.abort(), ABANDON_MS);
    };
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#stop();
    }, max_ms);
    if (caller?.aborted) this.#stop();
    else caller?.addEventListener('abort', this.#stop, { once: true });
  }

  /** Fires when the statement should have stopped and has not, for engines in which a statement can be abandoned. */
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
