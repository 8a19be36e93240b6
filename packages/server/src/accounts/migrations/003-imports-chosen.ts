import type { Kysely } from 'kysely';

/** What showed the format of an import that left it to be detected. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('imports').addColumn('format_reason', 'text').execute();
}
