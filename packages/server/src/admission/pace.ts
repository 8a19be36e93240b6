/** Bounds of what is fast enough. */
export interface PaceBounds {
  /** The longest time for which nothing at all may come. */
  readonly silence_ms: number;
  /** After this time the average is looked at too. */
  readonly grace_ms: number;
  readonly least_bytes_per_s: number;
  /** The longest time that the whole may take. */
  readonly total_ms: number;
}

/**
 * How fast somebody sends or reads, measured by a look now and then. Time counts only while the service waits for them: while a
 * body waits for room, or a reply for the engine, no clock runs against anybody.
 */
export class Pace {
  readonly #bounds: PaceBounds;
  /** The time since the last look counts as no more than this: a look may come late because the service itself was busy. */
  readonly #step_max_ms: number;
  #looked_at_ms: number;
  #seen = 0;
  #silent_ms = 0;
  #ran_ms = 0;

  constructor(bounds: PaceBounds, now_ms: number, step_max_ms: number) {
    this.#bounds = bounds;
    this.#looked_at_ms = now_ms;
    this.#step_max_ms = step_max_ms;
  }

  /**
   * @param seen bytes that have come, or were taken, since the beginning
   * @param is_waited_for whether the service waits for the sender or reader
   * @returns whether the sender or reader is too slow
   */
  look(now_ms: number, seen: number, is_waited_for: boolean): boolean {
    const step_ms = Math.min(now_ms - this.#looked_at_ms, this.#step_max_ms);
    this.#looked_at_ms = now_ms;
    const moved = seen > this.#seen;
    this.#seen = Math.max(this.#seen, seen);
    if (is_waited_for) this.#ran_ms += step_ms;
    if (moved || !is_waited_for) this.#silent_ms = 0;
    else this.#silent_ms += step_ms;
    const { silence_ms, grace_ms, least_bytes_per_s, total_ms } = this.#bounds;
    if (this.#silent_ms >= silence_ms || this.#ran_ms >= total_ms) return true;
    return this.#ran_ms >= grace_ms && this.#seen * 1_000 < least_bytes_per_s * this.#ran_ms;
  }
}
