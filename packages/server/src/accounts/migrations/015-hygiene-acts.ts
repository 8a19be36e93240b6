import { type Kysely, type SqlBool, sql } from 'kysely';

/** Acts of list hygiene. What they did to each telephone is in the engine. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('hygiene_acts')
    .addColumn('operation_id', 'integer', (c) => c.notNull().references('operations.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('rule', 'text')
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('until_ms', 'bigint')
    .addColumn('ends', 'integer', (c) => c.notNull())
    .addColumn('due_ms', 'bigint')
    .addColumn('telephones', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('node', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('hygiene_acts_key', ['operation_id', 'number'])
    .execute();
  // Few of many: those under way, those whose rows in the engine are to be passed over, and those that come due.
  await schema
    .createIndex('hygiene_acts_under_way')
    .on('hygiene_acts')
    .column('node')
    .where(sql<SqlBool>`state = 'begun'`)
    .execute();
  await schema
    .createIndex('hygiene_acts_dropped')
    .on('hygiene_acts')
    .columns(['operation_id', 'number'])
    .where(sql<SqlBool>`state = 'dropped'`)
    .execute();
  await schema
    .createIndex('hygiene_acts_due')
    .on('hygiene_acts')
    .column('due_ms')
    .where(sql<SqlBool>`due_ms IS NOT NULL`)
    .execute();
  await schema
    .createIndex('hygiene_acts_by_kind')
    .on('hygiene_acts')
    .columns(['operation_id', 'kind', 'number'])
    .execute();
  // Act 0 of each operation is what `add_dnc` brought before there were acts: the engine's rows of it come from there.
  await sql`INSERT INTO hygiene_acts
    (operation_id, number, kind, reason, rule, "by", at_ms, until_ms, ends, due_ms, telephones, state, node)
    SELECT id, 0, 'quarantine', 'add_dnc', NULL, 'admin', 0, NULL, 1, 0, 0, 'done', '' FROM operations`.execute(
    db,
  );
}
