import { chmodSync } from 'node:fs';
import { Kysely } from 'kysely';
import Database from 'libsql';
import type { AccountsSchema, AccountsStore } from '../schema.js';
import { asAccountsError } from './failures.js';
import { PatientSqliteDialect } from './patient-dialect.js';
import { type Sync, WriteAheadLog } from './write-ahead-log.js';

/**
 * Pages of the log from which a COMMIT takes them into the file itself, and holds the event loop meanwhile: 64 MiB. It comes to
 * that only where writes never pause, or are large (write-ahead-log.ts).
 */
const LOG_PAGES = 16_384;

/**
 * Opens the accounts store in one file. Every commit is on disk when it resolves, but those of `unsynced`. Before the first
 * statement the file is made ready, which waits beside the event loop where another process holds it.
 *
 * @param sync tests give another, and of commits behind which the log is taken in
 * @throws AccountsUnavailable, as every statement may
 */
export function openSqlite(path: string, sync?: Sync, commits_a_checkpoint?: number): AccountsStore {
  try {
    const database = new Database(path);
    chmodSync(path, 0o600); // it holds hashes of tokens
    // What waits for the file waits beside the event loop, which SQLite's own wait would hold.
    database.pragma('busy_timeout = 0');
    const makeReady = () => {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL'); // the rest is the log's
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
