import type { Kysely } from 'kysely';

/** Sign-ins of the console, and links that sign in. Like tokens, they are kept as hashes. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  for (const table of ['sessions', 'sign_in_links']) {
    await schema
      .createTable(table)
      .addColumn('secret_hash', 'text', (c) => c.primaryKey())
      .addColumn('token_id', 'text', (c) => c.references('tokens.id'))
      .addColumn('administrator', 'text')
      .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
      .addColumn('expires_at_ms', 'bigint', (c) => c.notNull())
      .execute();
    const columns = ['token_id', 'created_at_ms'];
    await schema.createIndex(`${table}_by_token`).on(table).columns(columns).execute();
    await schema.createIndex(`${table}_by_age`).on(table).columns(['expires_at_ms']).execute();
  }
}
