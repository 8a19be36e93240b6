import type { Kysely } from 'kysely';

/** The answer to an upload that left records out, so that its key is answered the same again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('idempotency_keys').addColumn('answer', 'text').execute();
}
