import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { AccountsUnavailable } from '../unavailable.js';
import { asAccountsError } from './failures.js';

/** Another process uses the directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}

/** Held until it is released, or the process ends, however it does. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Takes a directory for this process alone. The lock is the system's own on an empty file (SQLite's exclusive lock), so a
 * `kill -9` leaves nothing behind, as a file with a process id would.
 *
 * @throws DirectoryInUse, AccountsUnavailable
 */
export function lockDirectory(directory: string): DirectoryLock {
  const path = join(directory, 'lock');
  let file: Database.Database | undefined;
  try {
    file = new Database(path);
    file.exec('PRAGMA journal_mode = MEMORY'); // no file beside it
    file.exec('BEGIN EXCLUSIVE');
    chmodSync(path, 0o600);
    const held = file;
    return { release: () => letGo(held) };
  } catch (thrown) {
    file?.close();
    const error = asAccountsError(thrown);
    if (error instanceof AccountsUnavailable && error.why === 'busy') {
      throw new DirectoryInUse(`${directory} is in use`, { cause: thrown });
    }
    throw error;
  }
}

/** Closing alone would wait until the last of its statements was garbage-collected. */
function letGo(file: Database.Database): void {
  file.exec('ROLLBACK');
  file.close();
}
