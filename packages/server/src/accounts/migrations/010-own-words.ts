import type { Kysely } from 'kysely';

/** What an operation's dialers call the ends of their attempts, where no table knows it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('operations')
    .addColumn('words', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}
