/** When a webhook is looked at again. Tests are less patient. */
export interface Waits {
  /** Between two looks for webhooks that are due. */
  readonly look_ms: number;
  /** For a webhook that has everything, until it looks by itself: for changes of which word was lost. */
  readonly rest_ms: number;
  /** After the first failure; it doubles with each further one. */
  readonly first_ms: number;
  /** The longest wait during `retried_ms`. */
  readonly longest_ms: number;
  /** How long a post is repeated like this. */
  readonly retried_ms: number;
  /** The wait after that. */
  readonly rare_ms: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * A restart of a receiver is over after the first tries. For a day it is tried about thirty times. What lasts longer needs a person, and
 * is tried rarely from then on, so that a receiver that comes back by itself (after a weekend) gets everything.
 */
export const WAITS: Waits = {
  look_ms: 2_000,
  rest_ms: MINUTE_MS,
  first_ms: 5_000,
  longest_ms: HOUR_MS,
  retried_ms: 24 * HOUR_MS,
  rare_ms: 6 * HOUR_MS,
};

/**
 * @param failures tries in a row that failed, with this one
 * @param failing_ms how long they have been failing
 */
export function waitAfter(failures: number, failing_ms: number, waits: Waits): number {
  if (failing_ms >= waits.retried_ms) return waits.rare_ms;
  return Math.min(waits.first_ms * 2 ** Math.min(failures - 1, 30), waits.longest_ms);
}
