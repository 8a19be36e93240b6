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
  #telling = false;

  /** @param kill tells the engine */
  constructor(max_ms: number, caller: AbortSignal | undefined, kill: () => Promise<void>) {
    this.#caller = caller;
    const tell = () => {
      if (this.#telling) return; // the engine is busy: one more would only wait behind it
      this.#telling = true;
      const told = () => {
        this.#telling = false;
      };
      kill().then(told, told); // a query that can't be told ends by its own max_execution_time
    };
    this.#stop = () => {
      tell();
      this.#again ??= setInterval(tell, STOP_AGAIN_MS);
    };
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#stop();
    }, max_ms);
    if (caller?.aborted) this.#stop();
    else caller?.addEventListener('abort', this.#stop, { once: true });
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
