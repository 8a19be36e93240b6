/** Looks at all callers that are waited for, one after another, at even times. It runs only while there are some. */
export class Watch {
  readonly every_ms: number;
  readonly #looks = new Set<(now_ms: number) => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(every_ms: number) {
    this.every_ms = every_ms;
  }

  /** @returns a function that ends it; a second call does nothing */
  add(look: (now_ms: number) => void): () => void {
    this.#looks.add(look);
    this.#timer ??= setInterval(() => this.#lookAtAll(), this.every_ms).unref();
    return () => {
      this.#looks.delete(look);
      if (this.#looks.size === 0) this.stop();
    };
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #lookAtAll(): void {
    const now_ms = performance.now();
    for (const look of this.#looks) look(now_ms);
  }
}
