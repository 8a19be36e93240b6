import { ConnectionError, LimitError, type ReportsError, ServerError } from './errors.js';

/** How often a failed call is tried again, and how long the client waits for that. */
export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  /** The client does not wait for a longer `Retry-After`: it throws the error, which has that time. */
  readonly max_retry_after_ms: number;
}

/** The longest wait before the first retry; it doubles with each further one. */
const FIRST_WAIT_MS = 500;
/** Another program's report may run for a minute: until it ends, each try would spend a call for nothing. */
const FIRST_WAIT_FOR_A_SLOT_MS = 5_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before the next try, or undefined if there is none: a retry does not help with a wrong request, a wrong
 * token or a used-up quota. The wait has full jitter, because programs that failed together must not come back together.
 *
 * @param tried how many tries there were
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
