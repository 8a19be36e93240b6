import { type Kysely, PostgresAdapter, type SqlBool, sql } from 'kysely';

/**
 * The processes that share the accounts, what each of them has under way, and the deliveries that are not in the store yet.
 * Earlier versions were one process, named `local`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('nodes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('beats', 'bigint', (c) => c.notNull())
    .addColumn('started_at_ms', 'bigint', (c) => c.notNull())
    .execute();
  // What the earlier version left is taken over like a dead node's, unless that version stopped in order.
  await sql`INSERT INTO nodes (id, name, beats, started_at_ms)
    SELECT 'local', 'an earlier version', 0, 0
    WHERE EXISTS (SELECT 1 FROM operations)
      AND NOT EXISTS (SELECT 1 FROM settings WHERE name = 'clean_stop')`.execute(db);
  await sql`DELETE FROM settings WHERE name = 'clean_stop'`.execute(db);
  await sql`DELETE FROM leases`.execute(db);
  await sql`UPDATE imports SET node = '' WHERE state = 'undoing'`.execute(db);
  // Few of many imports, asked for every two seconds.
  await schema
    .createIndex('imports_under_way')
    .on('imports')
    .column('node')
    .where(sql<SqlBool>`state IN ('running', 'undoing')`)
    .execute();
  for (const [column, type] of [
    ['node', 'text'],
    ['claim', 'bigint'],
  ] as const) {
    await schema.alterTable('idempotency_keys').addColumn(column, type).execute();
  }
  await schema
    .createIndex('idempotency_keys_under_way')
    .on('idempotency_keys')
    .column('node')
    .where(sql<SqlBool>`node IS NOT NULL`)
    .execute();
  await schema
    .createTable('pending_deliveries')
    .addColumn('id', 'text', (c) => c.primaryKey())
    // No reference to the operation, as these rows come and go with each upload; operations are never deleted.
    .addColumn('operation_id', 'integer', (c) => c.notNull())
    .addColumn('node', 'text', (c) => c.notNull())
    .addColumn('imports', 'text', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('aside', 'text')
    // The last column, so that a query for the others reads none of it. (SQLite takes any name of a type.)
    .addColumn('rows', 'bytea', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('pending_deliveries_by_node')
    .on('pending_deliveries')
    .columns(['node', 'id'])
    .execute();
  await schema
    .createIndex('pending_deliveries_by_operation')
    .on('pending_deliveries')
    .columns(['operation_id', 'id'])
    .execute();
  // These rows are gone within seconds: to compress them would cost more than it saves.
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`ALTER TABLE pending_deliveries ALTER COLUMN rows SET STORAGE EXTERNAL`.execute(db);
  }
}
