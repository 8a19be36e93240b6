import type { Kysely } from 'kysely';

/** Idempotency keys that are too old are found without a look at the others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('idempotency_keys_by_age')
    .on('idempotency_keys')
    .column('created_at_ms')
    .execute();
}
