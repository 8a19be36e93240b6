import type { Kysely } from 'kysely';

/** The rules of list hygiene that operations have of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('hygiene_rules')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('operation_id', 'integer', (c) => c.notNull().references('operations.id'))
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('updated_at_ms', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('hygiene_rules_by_operation')
    .on('hygiene_rules')
    .columns(['operation_id', 'id'])
    .execute();
}
