import { type Kysely, sql } from 'kysely';
import { FIRST_DELIVERY } from '../numbers.js';

/**
 * Numbers that are given out here: of deliveries, of imports, and of the generations that imports belong to. And what was
 * done to an operation's data that somebody may have to answer for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('numbers')
    .addColumn('operation_id', 'integer', (c) => c.primaryKey().references('operations.id'))
    .addColumn('delivery', 'bigint', (c) => c.notNull())
    .addColumn('import', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('generations')
    .addColumn('operation_id', 'integer', (c) => c.notNull().references('operations.id'))
    .addColumn('mapping', 'text', (c) => c.notNull())
    .addColumn('delivery', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('generations_key', ['operation_id', 'mapping'])
    .execute();
  // What an earlier version stored is of the first generation of all: a file that is imported from now on is as strong
  // against it as its legs are (docs/decisions/0024).
  await sql`INSERT INTO generations (operation_id, mapping, delivery)
    SELECT id, '', ${sql.lit(FIRST_DELIVERY)} FROM operations`.execute(db);
  for (const [column, type] of [
    ['number', 'bigint'],
    ['generation', 'bigint'],
  ] as const) {
    await schema.alterTable('imports').addColumn(column, type).execute();
  }
  await schema
    .createTable('audit')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('operation_id', 'integer', (c) => c.notNull().references('operations.id'))
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('audit_by_operation').on('audit').columns(['operation_id', 'id']).execute();
}
