import type { Kysely } from 'kysely';

/** An operation's live tokens are found, counted and listed without a look at anybody else's, or at those that are revoked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('tokens_by_operation')
    .on('tokens')
    .columns(['operation_id', 'revoked_at_ms', 'created_at_ms', 'id'])
    .execute();
}
