import { type Migration, Migrator } from 'kysely';
import * as accounts from './migrations/001-accounts.js';
import * as imports from './migrations/002-imports.js';
import * as importsChosen from './migrations/003-imports-chosen.js';
import * as hasCustomers from './migrations/004-has-customers.js';
import * as housekeeping from './migrations/005-housekeeping.js';
import * as keysByAge from './migrations/006-keys-by-age.js';
import type { AccountsDatabase } from './schema.js';

/** Append only: an applied migration never changes. */
const MIGRATIONS: Record<string, Migration> = {
  '001-accounts': accounts,
  '002-imports': imports,
  '003-imports-chosen': importsChosen,
  '004-has-customers': hasCustomers,
  '005-housekeeping': housekeeping,
  '006-keys-by-age': keysByAge,
};

/** Brings the accounts store to the newest schema. */
export async function migrateAccounts(db: AccountsDatabase): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
