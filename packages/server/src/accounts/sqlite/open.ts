import { chmodSync } from 'node:fs';
import { Kysely } from 'kysely';
import Database from 'libsql';
import type { AccountsSchema, AccountsStore } from '../schema.js';
import { asAccountsError } from './failures.js';
import { PatientSqliteDialect } from './patient-dialect.js';
import { type Sync, WriteAheadLog } from './write-ahead-log.js';

/**
 * Pages of the log from which a COMMIT itself copies them into the file, and blocks the event loop meanwhile: 64 MiB. The log
 * grows so long only where writes never pause, or are large (write-ahead-log.ts).
 */
const LOG_PAGES = 16_384;

/**
 * Opens the accounts store in one file. Every commit is on disk when it resolves, except those of `unsynced`. The file is made
 * ready before the first statement. Where another process has it locked, that waits without blocking the event loop.
 *
 * @param sync given by tests, as is the number of commits after which the log is copied into the file
 * @throws AccountsUnavailable, as every statement may
 */
export function openSqlite(path: string, sync?: Sync, commits_a_checkpoint?: number): AccountsStore {
  try {
    const database = new Database(path);
    chmodSync(path, 0o600); // it holds hashes of tokens
    // SQLite's own wait for the file would block the event loop: the dialect waits instead.
    database.pragma('busy_timeout = 0');
    const makeReady = () => {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL'); // WriteAheadLog does the other syncs
      database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
      database.pragma('foreign_keys = ON');
    };
    const log = new WriteAheadLog(path, sync, commits_a_checkpoint);
    const dialect = new PatientSqliteDialect(database, log, makeReady);
    return Object.assign(new Kysely<AccountsSchema>({ dialect }), {
      unsynced: new Kysely<AccountsSchema>({ dialect: dialect.unsynced }),
      synced: () => log.synced(),
    });
  } catch (error) {
    throw asAccountsError(error);
  }
}
