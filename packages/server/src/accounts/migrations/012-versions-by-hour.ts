import type { Kysely } from 'kysely';

/** Versions of each hour of a campaign, and of its customers; campaign 0 is all campaigns of the operation together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('hour_versions')
    .addColumn('operation_id', 'integer', (c) => c.notNull())
    .addColumn('campaign_id', 'bigint', (c) => c.notNull())
    .addColumn('hour', 'integer', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('hour_versions_key', ['operation_id', 'campaign_id', 'hour'])
    .execute();
  await schema
    .createTable('customer_versions')
    .addColumn('operation_id', 'integer', (c) => c.notNull())
    .addColumn('campaign_id', 'bigint', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('customer_versions_key', ['operation_id', 'campaign_id'])
    .execute();
}
