import type { Kysely } from 'kysely';

/** The time under which a call was taken in, kept until the records of that time are in the store (docs/decisions/0026). */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('call_claims')
    // No reference to the operation: rows of a day, as those of idempotency_keys; operations are never deleted.
    .addColumn('operation_id', 'integer', (c) => c.notNull())
    .addColumn('campaign_id', 'bigint', (c) => c.notNull())
    .addColumn('call', 'text', (c) => c.notNull())
    .addColumn('dialed_at_s', 'bigint', (c) => c.notNull())
    .addColumn('import_number', 'bigint', (c) => c.notNull())
    .addColumn('claimed_at_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('call_claims_key', ['operation_id', 'campaign_id', 'call', 'dialed_at_s'])
    .execute();
  await schema.createIndex('call_claims_by_age').on('call_claims').column('claimed_at_ms').execute();
  // By this number it is asked whether a claim's import was taken back.
  await schema.createIndex('imports_by_number').on('imports').columns(['operation_id', 'number']).execute();
}
