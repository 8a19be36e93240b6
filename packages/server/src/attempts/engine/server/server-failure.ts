import { ClickHouseError } from '@clickhouse/client';
import { EngineReplyMixed, EngineUnavailable } from '../engine.js';
import { DISK_CODES, EngineServerError } from '../failures.js';

/** Codes (src/Common/ErrorCodes.cpp upstream) of a server that cannot be used now, or has lost another server. */
const AWAY = new Set([
  ...DISK_CODES,
  32, // ATTEMPT_TO_READ_AFTER_EOF
  81, // UNKNOWN_DATABASE: somebody dropped it
  198, // DNS_ERROR
  202, // TOO_MANY_SIMULTANEOUS_QUERIES
  203, // NO_FREE_CONNECTION
  209, // SOCKET_TIMEOUT
  210, // NETWORK_ERROR
  225, // NO_ZOOKEEPER
  236, // ABORTED: it is being stopped
  242, // TABLE_IS_READ_ONLY: a replica without its keeper
  279, // ALL_CONNECTION_TRIES_FAILED
  285, // TOO_FEW_LIVE_REPLICAS
  319, // UNKNOWN_STATUS_OF_INSERT
  439, // CANNOT_SCHEDULE_TASK
  516, // AUTHENTICATION_FAILED: the password was changed
  745, // SERVER_OVERLOADED
  999, // KEEPER_EXCEPTION
]);

/** The port's error for an error of the client: the server answered with an error, or it did not answer. */
export function asServerFailure(error: unknown): unknown {
  if (error instanceof EngineReplyMixed || error instanceof EngineUnavailable) return error;
  // This covers answers of a proxy, answers that are not HTTP, timeouts, and certificates too.
  if (!(error instanceof ClickHouseError)) {
    return new EngineUnavailable('the ClickHouse server does not answer', { cause: error });
  }
  const answer = new EngineServerError(Number(error.code), error.message.trim());
  if (answer.refuses_rows || !AWAY.has(answer.code)) return answer;
  return new EngineUnavailable('the ClickHouse server cannot be used now', { cause: answer });
}
