import { join } from 'node:path';
import { openPostgres } from '../../src/accounts/postgres/open.js';
import type { AccountsStore } from '../../src/accounts/schema.js';
import { openSqlite } from '../../src/accounts/sqlite/open.js';
import { storesOf } from './test-stores.js';

/** A connection of its own to the accounts of the service whose stores are those of `directory`. */
export async function openAccountsOf(directory: string): Promise<AccountsStore> {
  const { database_url } = await storesOf(directory);
  return database_url === undefined ? openSqlite(fileIn(directory)) : openPostgres(database_url);
}

/** The same in the text of a program: it has the connection as `db`. `built` has the URL of a built file of `accounts/`. */
export async function accountsProgram(directory: string, built: (file: string) => string): Promise<string> {
  const { database_url } = await storesOf(directory);
  const [file, name, place] =
    database_url === undefined
      ? (['sqlite/open.js', 'openSqlite', fileIn(directory)] as const)
      : (['postgres/open.js', 'openPostgres', database_url] as const);
  return `import { ${name} } from ${JSON.stringify(built(file))};
    const db = await ${name}(${JSON.stringify(place)});`;
}

const fileIn = (directory: string) => join(directory, 'accounts.db');
