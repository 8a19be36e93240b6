import type { Kysely } from 'kysely';

/** Indexes by age: old rows are looked for once an hour, and must not be looked for row by row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.createIndex('operation_usage_by_day').on('operation_usage').column('day').execute();
  await schema.createIndex('token_usage_by_day').on('token_usage').column('day').execute();
  await schema.createIndex('leases_by_expiry').on('leases').column('expires_at_ms').execute();
  await schema.createIndex('imports_by_age').on('imports').column('created_at_ms').execute();
}
