import { RecuentoError, TABLE_LIMITS } from '@recuento/contract';
import { EngineAborted, EngineTimeout } from '../attempts/engine/engine.js';

/**
 * The time that one call may still take, waiting for a session included, and whether its caller is still there. When either ends,
 * the engine is stopped too. `admit` may still refuse just before the engine begins.
 */
export class CallBudget {
  readonly #limit_ms: number;
  readonly #deadline_ms: number;
  readonly #timeout: AbortController = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal;
  readonly #admit: () => void;
  #is_begun = false;

  constructor(limit_ms: number, caller: AbortSignal, admit: () => void) {
    this.#admit = admit;
    this.#limit_ms = limit_ms;
    this.#deadline_ms = performance.now() + limit_ms;
    this.#timer = setTimeout(() => this.#timeout.abort(new EngineTimeout('time is up')), limit_ms);
    this.#signal = AbortSignal.any([caller, this.#timeout.signal]);
  }

  /**
   * The limits that the engine gets with each query. When `run` is done, the reply has begun: what is streamed after that, part by
   * part, has the time of a stream for each part, and is refused no more.
   */
  engine(): { max_ms: number; signal: AbortSignal; admit: () => void } {
    if (this.#is_begun) {
      return { max_ms: TABLE_LIMITS.stream_max_ms, signal: this.#signal, admit: () => undefined };
    }
    const max_ms = Math.max(1, this.#deadline_ms - performance.now());
    return { max_ms, signal: this.#signal, admit: this.#admit };
  }

  /** Waits for work that others wait for too, which goes on when the call's time is up or its caller has left. */
  async wait<T>(work: Promise<T>): Promise<T> {
    const ended = new AbortController();
    const stopped = new Promise<never>((_, reject) => {
      const stop = () => reject(this.#signal.reason);
      if (this.#signal.aborted) stop();
      this.#signal.addEventListener('abort', stop, { signal: ended.signal });
    });
    try {
      return await Promise.race([work, stopped]);
    } catch (error) {
      throw this.#asReportTimeout(error);
    } finally {
      ended.abort();
    }
  }

  /** Runs the call's work. A failure because time is up becomes `report-timeout`. Stops the clock in any case. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      if (this.#timeout.signal.aborted) throw new EngineTimeout('time is up');
      this.#is_begun = true;
      return result;
    } catch (error) {
      throw this.#asReportTimeout(error);
    } finally {
      clearTimeout(this.#timer);
    }
  }

  #asReportTimeout(error: unknown): unknown {
    const stopped = error instanceof EngineTimeout || error instanceof EngineAborted;
    if (!stopped || !(this.#timeout.signal.aborted || error instanceof EngineTimeout)) return error;
    return new RecuentoError('report-timeout', { values: { limit_ms: this.#limit_ms }, cause: error });
  }
}
