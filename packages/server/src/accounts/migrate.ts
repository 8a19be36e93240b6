import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator, sql } from 'kysely';
import * as accounts from './migrations/001-accounts.js';
import * as imports from './migrations/002-imports.js';
import * as importsChosen from './migrations/003-imports-chosen.js';
import * as hasCustomers from './migrations/004-has-customers.js';
import * as housekeeping from './migrations/005-housekeeping.js';
import * as keysByAge from './migrations/006-keys-by-age.js';
import * as numbers from './migrations/007-numbers.js';
import * as callClaims from './migrations/008-call-claims.js';
import * as answersOfKeys from './migrations/009-answers-of-keys.js';
import * as ownWords from './migrations/010-own-words.js';
import * as tokensByOperation from './migrations/011-tokens-by-operation.js';
import * as versionsByHour from './migrations/012-versions-by-hour.js';
import * as nodes from './migrations/013-nodes.js';
import * as undoTurns from './migrations/014-undo-turns.js';
import * as hygieneActs from './migrations/015-hygiene-acts.js';
import * as hygieneRules from './migrations/016-hygiene-rules.js';
import * as webhooks from './migrations/017-webhooks.js';
import * as numbering from './migrations/018-numbering.js';
import * as sessions from './migrations/019-sessions.js';
import type { AccountsDatabase } from './schema.js';

/** Append only: an applied migration never changes. */
export const MIGRATIONS: Record<string, Migration> = {
  '001-accounts': accounts,
  '002-imports': imports,
  '003-imports-chosen': importsChosen,
  '004-has-customers': hasCustomers,
  '005-housekeeping': housekeeping,
  '006-keys-by-age': keysByAge,
  '007-numbers': numbers,
  '008-call-claims': callClaims,
  '009-answers-of-keys': answersOfKeys,
  '010-own-words': ownWords,
  '011-tokens-by-operation': tokensByOperation,
  '012-versions-by-hour': versionsByHour,
  '013-nodes': nodes,
  '014-undo-turns': undoTurns,
  '015-hygiene-acts': hygieneActs,
  '016-hygiene-rules': hygieneRules,
  '017-webhooks': webhooks,
  '018-numbering': numbering,
  '019-sessions': sessions,
};

/** The accounts were written by a newer version, whose tables this one does not know. */
export class AccountsTooNew extends Error {
  override readonly name = 'AccountsTooNew';
}

/** Brings the accounts store to the newest schema. @throws AccountsTooNew before anything is changed */
export async function migrateAccounts(db: AccountsDatabase): Promise<void> {
  const unknown = (await applied(db)).find((name) => !(name in MIGRATIONS));
  if (unknown !== undefined) throw new AccountsTooNew(`migration ${unknown} is not known`);
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Names of the migrations that the store has had. */
async function applied(db: AccountsDatabase): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return [];
  const { rows } = await sql<{
    name: string;
  }>`SELECT name FROM ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
}
