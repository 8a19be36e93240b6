import { chmodSync } from 'node:fs';
import { Kysely } from 'kysely';
import Database from 'libsql';
import type { AccountsSchema, AccountsStore } from '../schema.js';
import { asAccountsError } from './failures.js';
import { PatientSqliteDialect } from './patient-dialect.js';
import { type Sync, WriteAheadLog } from './write-ahead-log.js';

/** How long a start waits for a file that another process (a backup, a look with a tool) holds for a moment. */
const START_WAIT_MS = 2_000;

/**
 * Pages of the log from which a COMMIT takes them into the file itself, and holds the event loop meanwhile: 64 MiB. It comes to
 * that only where writes never pause, or are large (write-ahead-log.ts).
 */
const LOG_PAGES = 16_384;

/**
 * Opens the accounts store in one file. Every commit is on disk when it resolves, but those of `unsynced`.
 *
 * @param sync tests give another, and of commits behind which the log is taken in
 * @throws AccountsUnavailable, as every statement may
 */
export function openSqlite(path: string, sync?: Sync, commits_a_checkpoint?: number): AccountsStore {
  try {
    const database = new Database(path);
    chmodSync(path, 0o600); // it holds hashes of tokens
    database.pragma(`busy_timeout = ${START_WAIT_MS}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL'); // the rest is the log's
    database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    database.pragma('foreign_keys = ON');
    // From here on others wait for the event loop, which SQLite's own wait would hold.
    database.pragma('busy_timeout = 0');
    const log = new WriteAheadLog(path, sync, commits_a_checkpoint);
    const dialect = new PatientSqliteDialect(database, log);
    return Object.assign(new Kysely<AccountsSchema>({ dialect }), {
      unsynced: new Kysely<AccountsSchema>({ dialect: dialect.unsynced }),
      synced: () => log.synced(),
    });
  } catch (error) {
    throw asAccountsError(error);
  }
}
