import type { Kysely } from 'kysely';

/** How an operation's telephones are written: its country, and the prefixes that its dialers put before a number. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('operations')
    .addColumn('numbering', 'text', (column) => column.notNull().defaultTo('null'))
    .execute();
}
