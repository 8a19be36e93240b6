import type { Kysely } from 'kysely';

/** Receivers that an operation's events are posted to, how far each has them, and the node that posts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('webhooks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('operation_id', 'integer', (c) => c.notNull().references('operations.id'))
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('events', 'text', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('node', 'text', (c) => c.notNull())
    .addColumn('positions', 'text', (c) => c.notNull())
    .addColumn('asked', 'bigint', (c) => c.notNull())
    .addColumn('next_try_ms', 'bigint', (c) => c.notNull())
    .addColumn('sending_event', 'text')
    .addColumn('sending_count', 'integer')
    .addColumn('sending_since_ms', 'bigint')
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('failing_since_ms', 'bigint')
    .addColumn('last_success_ms', 'bigint')
    .addColumn('last_failure_ms', 'bigint')
    .addColumn('last_failure', 'text')
    .addColumn('last_status', 'integer')
    .execute();
  await schema.createIndex('webhooks_by_operation').on('webhooks').columns(['operation_id', 'id']).execute();
  // Asked for every two seconds.
  await schema.createIndex('webhooks_by_node').on('webhooks').columns(['node', 'next_try_ms']).execute();
}
