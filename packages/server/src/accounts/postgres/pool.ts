import { Pool, types } from 'pg';
import {
  CONNECT_MS,
  CONNECTIONS_MAX,
  IDLE_MS,
  KEEP_ALIVE_MS,
  LOCK_MS,
  SILENT_MS,
  STANDS_STILL_MS,
  STATEMENT_MS,
} from './bounds.js';

/** The connections of one node to its database. No connection is made before one is needed. */
export function poolOf(url: string, max = CONNECTIONS_MAX): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'recuento',
    max,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    idle_in_transaction_session_timeout: STANDS_STILL_MS,
    lock_timeout: LOCK_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: SILENT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types: { getTypeParser },
  });
  // Of an idle connection, which the pool drops by itself.
  pool.on('error', () => undefined);
  // Of a lent connection, whose user learns of it by the statement. Without a listener Node would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Given to this pool alone: the driver's own parsers are shared by the whole process. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (oid === types.builtins.INT8 || oid === types.builtins.NUMERIC) return wholeNumber;
  return format === 'binary' ? types.getTypeParser(oid, format) : types.getTypeParser(oid, 'text');
};

/**
 * The driver returns such values as text, as not all are exact as JavaScript numbers. Ours are: times in milliseconds, delivery
 * numbers, which begin at 10^15 and would take 250 years to come to 2^53, and sums of versions.
 */
function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is no whole number below 2^53`);
  return number;
}
