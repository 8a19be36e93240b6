import { ConnectionError, LimitError, type ReportsError, ServerError } from './errors.js';

/** How often and how patiently what may be asked again is asked again. */
export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  /** A longer `Retry-After` is not waited for: the error tells it instead. */
  readonly max_retry_after_ms: number;
}

/** The longest wait before the first repetition; it doubles with each further one. */
const FIRST_WAIT_MS = 500;
/** Another program's report may run for a minute: until it ends, each try would spend a call for nothing. */
const FIRST_WAIT_FOR_A_SLOT_MS = 5_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before the next try, or undefined when there is none: what is asked wrongly, by the wrong token or beyond
 * the day's calls does not get better by asking again. Full jitter: programs that failed together must not come back
 * together.
 *
 * @param tried how often it was tried already
 */
export function waitBeforeRetry(
  error: ReportsError,
  tried: number,
  policy: RetryPolicy,
  random: () => number,
): number | undefined {
  if (!mayPass(error) || tried > policy.retries) return undefined;
  const asked_ms = error.retryAfterMs ?? 0;
  if (asked_ms > policy.max_retry_after_ms) return undefined;
  const first_ms = isSimultaneous(error) ? FIRST_WAIT_FOR_A_SLOT_MS : FIRST_WAIT_MS;
  return asked_ms + random() * Math.min(LONGEST_WAIT_MS, first_ms * 2 ** (tried - 1));
}

function mayPass(error: ReportsError): boolean {
  if (error instanceof ConnectionError || error instanceof ServerError) return true;
  return error instanceof LimitError && (error.kind === 'rate' || error.kind === 'simultaneous');
}

function isSimultaneous(error: ReportsError): boolean {
  return error instanceof LimitError && error.kind === 'simultaneous';
}
