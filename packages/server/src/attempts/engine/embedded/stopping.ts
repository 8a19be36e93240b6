import { EngineAborted, EngineTimeout } from '../engine.js';

/** How often a statement that shall stop is told so: the first time it may not have begun. */
const STOP_AGAIN_MS = 250;

/** The end of a statement that its caller or its time brings on. */
export class Stopping {
  readonly #caller: AbortSignal | undefined;
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;
  #again: NodeJS.Timeout | undefined;
  #late = false;

  /** @param kill tells the engine; it does not throw */
  constructor(max_ms: number, caller: AbortSignal | undefined, kill: () => void) {
    this.#caller = caller;
    this.#stop = () => {
      kill();
      this.#again ??= setInterval(kill, STOP_AGAIN_MS);
    };
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#stop();
    }, max_ms);
    caller?.addEventListener('abort', this.#stop, { once: true });
  }

  /** @throws EngineAborted, EngineTimeout */
  throwIfStopped(cause?: unknown): void {
    if (this.#caller?.aborted) throw new EngineAborted('the query was stopped', { cause });
    if (this.#late) throw new EngineTimeout('the query reached its time limit', { cause });
  }

  end(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#again);
    this.#caller?.removeEventListener('abort', this.#stop);
  }
}
