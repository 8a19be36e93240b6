/** What is fast enough. */
export interface PaceBounds {
  /** Nothing at all may come for so long at most. */
  readonly silence_ms: number;
  /** From then on the average is looked at. */
  readonly grace_ms: number;
  readonly least_bytes_per_s: number;
  /** The whole may take so long. */
  readonly total_ms: number;
}

/**
 * How fast somebody sends, or reads, as it is seen by looking now and then. Time counts only while it is his turn: while
 * a body waits for room, or a reply for the engine, no clock runs against anybody.
 */
export class Pace {
  readonly #bounds: PaceBounds;
  /** A look that comes late, because the service itself was busy, counts as no more than this. */
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
   * @param his_turn whether it is he who is waited for
   * @returns whether he is too slow
   */
  look(now_ms: number, seen: number, his_turn: boolean): boolean {
    const step_ms = Math.min(now_ms - this.#looked_at_ms, this.#step_max_ms);
    this.#looked_at_ms = now_ms;
    const moved = seen > this.#seen;
    this.#seen = Math.max(this.#seen, seen);
    if (his_turn) this.#ran_ms += step_ms;
    if (moved || !his_turn) this.#silent_ms = 0;
    else this.#silent_ms += step_ms;
    const { silence_ms, grace_ms, least_bytes_per_s, total_ms } = this.#bounds;
    if (this.#silent_ms >= silence_ms || this.#ran_ms >= total_ms) return true;
    return this.#ran_ms >= grace_ms && this.#seen * 1_000 < least_bytes_per_s * this.#ran_ms;
  }
}
