import type { Kysely } from 'kysely';

/** The first tables. `bigint` where PostgreSQL's integer would be too small for milliseconds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('settings')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('operations')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('server', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('licences', 'integer', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('reply_code', 'text', (c) => c.notNull())
    .addColumn('reply_empty_status', 'integer', (c) => c.notNull())
    .addColumn('limits', 'text', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('tokens')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('operation_id', 'integer', (c) => c.notNull().references('operations.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'text', (c) => c.notNull().unique())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('expires_at_ms', 'bigint')
    .addColumn('revoked_at_ms', 'bigint')
    .execute();
  await schema
    .createTable('campaigns')
    .addColumn('operation_id', 'integer', (c) => c.notNull().references('operations.id'))
    .addColumn('campaign_id', 'bigint', (c) => c.notNull())
    .addColumn('name', 'text')
    .addColumn('type', 'text')
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('campaigns_key', ['operation_id', 'campaign_id'])
    .execute();
  await schema
    .createTable('operation_usage')
    .addColumn('operation_id', 'integer', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('calls', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('operation_usage_key', ['operation_id', 'day'])
    .execute();
  await schema
    .createTable('token_usage')
    .addColumn('token_id', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('calls', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('token_usage_key', ['token_id', 'day'])
    .execute();
  await schema
    .createTable('leases')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token_id', 'text', (c) => c.notNull())
    .addColumn('node', 'text', (c) => c.notNull())
    .addColumn('expires_at_ms', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('leases_by_token').on('leases').column('token_id').execute();
  await schema
    .createTable('idempotency_keys')
    .addColumn('operation_id', 'integer', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('received', 'integer', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_key', ['operation_id', 'key'])
    .execute();
  await schema
    .createTable('data_versions')
    .addColumn('operation_id', 'integer', (c) => c.primaryKey())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .execute();
}
