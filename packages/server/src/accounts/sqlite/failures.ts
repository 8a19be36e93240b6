import { AccountsUnavailable } from '../unavailable.js';

/**
 * SQLite's failures that are the file's or its disk's, and no fault of a statement, by the start of their code
 * (https://sqlite.org/rescode.html).
 */
const FAILURES: readonly (readonly [string, AccountsUnavailable['why']])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR', 'failing'],
  ['SQLITE_READONLY', 'failing'],
  ['SQLITE_CANTOPEN', 'failing'],
];

/** The failure as AccountsUnavailable; the fault of a statement is returned as it is. */
export function asAccountsError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const found = FAILURES.find(([start]) => code.startsWith(start));
  return found ? new AccountsUnavailable(found[1], error) : error;
}
