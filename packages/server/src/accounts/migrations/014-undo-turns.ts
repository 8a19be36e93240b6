import type { Kysely } from 'kysely';

/** Which of an operation's imports is being taken back: one at a time, by whichever node. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('undo_turns')
    .addColumn('operation_id', 'integer', (c) => c.primaryKey())
    .addColumn('import_id', 'text', (c) => c.notNull())
    .execute();
}
