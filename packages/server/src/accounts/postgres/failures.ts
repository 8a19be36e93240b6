import { DatabaseError } from 'pg';
import { AccountsUnavailable } from '../unavailable.js';

/**
 * PostgreSQL's failures that are the server's, and no fault of a statement, by the start of their code
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const FAILURES: readonly (readonly [string, AccountsUnavailable['why']])[] = [
  ['08', 'failing'], // the connection
  ['25P03', 'busy'], // stood still in a transaction
  ['25006', 'failing'], // may only be read: a standby
  ['28', 'failing'], // it does not let us in any more
  ['3D000', 'failing'], // the database is gone
  ['40001', 'busy'], // ended so that others could go on
  ['40P01', 'busy'],
  ['53100', 'full'],
  ['53', 'busy'], // no memory, or no connection left
  ['55P03', 'busy'], // another held the row for too long
  ['57014', 'busy'], // the statement took too long
  ['57P', 'failing'], // it stops, starts, or crashed
  ['58', 'failing'], // its disk
  ['XX', 'failing'], // its files, or itself
];

/** After these the connection goes on as before. */
const OF_A_STATEMENT = /^(?!08|25P03|28|53|57P|58|XX)/;

/** After these the statement has done nothing, and may be tried again. */
const PASSING: ReadonlySet<string | undefined> = new Set(['40001', '40P01']);

/** What the driver says when a connection fails: these are all its messages. */
const OF_A_CONNECTION =
  /^(Connection terminated|Query read timeout|Client (was closed|has encountered a connection error)|timeout expired)/;
const NONE_FREE = 'timeout exceeded when trying to connect';

/** The failure as AccountsUnavailable; the fault of a statement is returned as it is. */
export function asAccountsError(error: unknown): unknown {
  const why = whyOf(error);
  return why === undefined ? error : new AccountsUnavailable(why, error);
}

function whyOf(error: unknown): AccountsUnavailable['why'] | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof DatabaseError) return FAILURES.find(([start]) => error.code?.startsWith(start))?.[1];
  if (error.message === NONE_FREE) return 'busy';
  return isOfTheSystem(error) || OF_A_CONNECTION.test(error.message) ? 'failing' : undefined;
}

/** Whether the server itself says that the statement did nothing and may be tried again. */
export function isPassing(error: unknown): boolean {
  return error instanceof DatabaseError && PASSING.has(error.code);
}

/** Whether the connection is as good as before: the server answered, and not about the connection or itself. */
export function leavesConnectionWell(error: unknown): boolean {
  return error instanceof DatabaseError && OF_A_STATEMENT.test(error.code ?? '');
}

/** Of the socket, or the name of the host: `ECONNREFUSED`, `ECONNRESET`, `ENOTFOUND`. */
function isOfTheSystem(error: Error): boolean {
  return 'syscall' in error || ('code' in error && error.code === 'EPIPE');
}
