import type { Kysely } from 'kysely';

/** What an upload that left records out was answered with, so that its key is answered the same. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('idempotency_keys').addColumn('answer', 'text').execute();
}
