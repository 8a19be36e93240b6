import type { Kysely } from 'kysely';

/** Whether customers were ever added to an operation: reports of the others need not look for any. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('operations')
    .addColumn('has_customers', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
