import type { Kysely } from 'kysely';

/** An operation's own words: results as its dialers name them, where no table knows them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('operations')
    .addColumn('words', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}
