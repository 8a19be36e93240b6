import { randomUUID } from 'node:crypto';
import type { AccountsDatabase } from './schema.js';

const SETTING = 'accounts_id';

/** The id of these accounts, a UUID; a new one where they have none. To be asked by one process at a time. */
export async function ownId(db: AccountsDatabase): Promise<string> {
  const kept = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst();
  if (kept) return kept.value;
  const value = randomUUID();
  await db.insertInto('settings').values({ name: SETTING, value }).execute();
  return value;
}
