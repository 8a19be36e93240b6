import type { Kysely } from 'kysely';

/** Sign-ins of the console, and links that sign in. Like tokens, they are kept as hashes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('sessions')
    .addColumn('secret_hash', 'text', (c) => c.primaryKey())
    .addColumn('token_id', 'text', (c) => c.references('tokens.id'))
    .addColumn('administrator', 'text')
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('expires_at_ms', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('sessions_by_token')
    .on('sessions')
    .columns(['token_id', 'created_at_ms'])
    .execute();
  await schema.createIndex('sessions_by_age').on('sessions').columns(['expires_at_ms']).execute();
  await schema
    .createTable('sign_in_links')
    .addColumn('secret_hash', 'text', (c) => c.primaryKey())
    .addColumn('token_id', 'text', (c) => c.references('tokens.id'))
    .addColumn('administrator', 'text')
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('expires_at_ms', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('sign_in_links_by_token')
    .on('sign_in_links')
    .columns(['token_id', 'created_at_ms'])
    .execute();
  await schema.createIndex('sign_in_links_by_age').on('sign_in_links').columns(['expires_at_ms']).execute();
}
