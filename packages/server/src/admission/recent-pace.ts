/**
 * How much came of late, and not on average: a sender that sent much an hour ago, and a byte a minute since, is slow. Time counts
 * only while it is the sender's turn.
 */
export class RecentPace {
  readonly #span_ms: number;
  readonly #least_bytes: number;
  /** How much had come after so much of the sender's time; the oldest first, which is from before the span where there is one. */
  readonly #marks: { readonly ran_ms: number; readonly seen: number }[] = [{ ran_ms: 0, seen: 0 }];
  #looked_at_ms: number;
  #ran_ms = 0;

  constructor(span_ms: number, least_bytes_per_s: number, now_ms: number) {
    this.#span_ms = span_ms;
    this.#least_bytes = (least_bytes_per_s * span_ms) / 1_000;
    this.#looked_at_ms = now_ms;
  }

  /** @returns whether less than the least came in the last span; false until the first span has gone by */
  look(now_ms: number, seen: number, is_waited_for: boolean): boolean {
    if (is_waited_for) this.#ran_ms += now_ms - this.#looked_at_ms;
    this.#looked_at_ms = now_ms;
    const from_ms = this.#ran_ms - this.#span_ms;
    this.#marks.push({ ran_ms: this.#ran_ms, seen });
    while (this.#marks[1] && this.#marks[1].ran_ms <= from_ms) this.#marks.shift();
    const [oldest] = this.#marks;
    return oldest !== undefined && oldest.ran_ms <= from_ms && seen - oldest.seen < this.#least_bytes;
  }
}
