import { EngineAborted, EngineTimeout, EngineTooSpread, EngineUnavailable } from './engine.js';
import { codeOf } from './failures.js';

/** ClickHouse error codes (src/Common/ErrorCodes.cpp upstream). */
const TIMEOUT_EXCEEDED = 159;
const TOO_SLOW = 160;
const QUERY_WAS_CANCELLED = 394;
const OUT_OF_RESOURCES = new Set([241, 243, 252]); // memory limit, disk space, too many parts

/** The engine's text for an insert beyond `max_partitions_per_insert_block`. */
const TOO_SPREAD = 'Too many partitions for single INSERT block';

/** The port's error for an error with a code of the engine; other errors are returned as they are. */
export function asEngineError(error: unknown): unknown {
  const code = error instanceof Error ? codeOf(error) : undefined;
  if (code === undefined) return error;
  if (code === TIMEOUT_EXCEEDED || code === TOO_SLOW) {
    return new EngineTimeout('the query reached its time limit', { cause: error });
  }
  if (code === QUERY_WAS_CANCELLED) return new EngineAborted('the query was stopped', { cause: error });
  // By its text: a table with too many parts has the same code, and for that another try may succeed.
  if (error instanceof Error && error.message.includes(TOO_SPREAD))
    return new EngineTooSpread('the rows lie in too many partitions', { cause: error });
  if (OUT_OF_RESOURCES.has(code)) return new EngineUnavailable('the engine is at its end', { cause: error });
  return error;
}
