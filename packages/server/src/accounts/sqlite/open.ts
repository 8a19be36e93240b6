import { chmodSync } from 'node:fs';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import type { AccountsDatabase, AccountsSchema } from '../schema.js';

/**
 * Opens the accounts store in one file. Every commit is on disk when it resolves; in WAL mode that is one fsync.
 */
export function openSqlite(path: string): AccountsDatabase {
  const database = new Database(path);
  chmodSync(path, 0o600); // it holds hashes of tokens
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Another process (a backup, a look with a tool) may hold the lock for a moment.
  database.pragma('busy_timeout = 5000');
  return new Kysely<AccountsSchema>({ dialect: new SqliteDialect({ database }) });
}
