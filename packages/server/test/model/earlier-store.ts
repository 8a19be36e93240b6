import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, Migrator } from 'kysely';
import { MIGRATIONS } from '../../src/accounts/migrate.js';
import type { AccountsSchema } from '../../src/accounts/schema.js';
import { openSqlite } from '../../src/accounts/sqlite/open.js';
import { EmbeddedEngine } from '../../src/attempts/engine/embedded.js';
import type { Engine } from '../../src/attempts/engine/engine.js';

const SQL = new URL('../../src/attempts/migrations/', import.meta.url);
const EARLIER_FILES = [
  '001_attempts.sql',
  '002_attempts_by_telephone.sql',
  '003_rest_after_an_hour.sql',
  '004_lists.sql',
];

/** A row of `attempts` as an earlier version had it. */
export interface EarlierRow {
  readonly campaign_id: number;
  readonly telephone: string;
  /** `YYYY-MM-DD HH:mm:ss` in UTC. */
  readonly dialed_at: string;
  readonly attempt_id: string;
  readonly result: string;
  readonly delivery: number;
  readonly amd?: string;
  readonly duration_seconds?: number;
  readonly sip?: number;
  readonly cause?: number;
}

/** A telephone of `do_not_call` as an earlier version had it; times as `YYYY-MM-DD HH:mm:ss` in UTC. */
export interface EarlierBlock {
  readonly telephone: string;
  readonly added_at: string;
  readonly until: string;
}

/** The tables of an earlier version, with these rows of operation 1: a row a block, as they came. */
export async function makeEarlierTables(engine: Engine, rows: readonly EarlierRow[]): Promise<void> {
  for (const file of EARLIER_FILES) {
    for (const statement of (await readFile(new URL(file, SQL), 'utf8')).split(/;\s*\n/)) {
      if (statement.trim()) await engine.command(statement);
    }
  }
  const columns = `operation_id, campaign_id, telephone, dialed_at, attempt_id, result, delivery, amd, duration_seconds, sip,
    cause, record`;
  for (const row of rows) {
    const { campaign_id, telephone, dialed_at, attempt_id, result, delivery, amd = '' } = row;
    await engine.command(`INSERT INTO attempts (${columns}) SELECT 1, ${campaign_id}, '${telephone}', '${dialed_at}',
      '${attempt_id}', '${result}', ${delivery}, '${amd}', ${row.duration_seconds ?? 'NULL'}, ${row.sip ?? 'NULL'},
      ${row.cause ?? 'NULL'}, map('opt1', '${attempt_id}')`);
  }
}

/**
 * A data directory as an earlier version left it: its one operation is `server`, its journal has `entries`, and `blocked` came by
 * `add_dnc`, the later one last.
 */
export async function makeEarlierStore(
  directory: string,
  server: string,
  rows: readonly EarlierRow[],
  entries: Readonly<Record<string, string>>,
  blocked: readonly EarlierBlock[] = [],
): Promise<void> {
  const engine = new EmbeddedEngine({
    path: join(directory, 'attempts'),
    read_sessions: 1,
    write_sessions: 1,
    waiting_reads: 10,
    read_memory_bytes: 256 * 1024 ** 2,
  });
  await makeEarlierTables(engine, rows);
  for (const [at, { telephone, added_at, until }] of blocked.entries()) {
    await engine.command(
      `INSERT INTO do_not_call SELECT 1, '${telephone}', ${at}, '${added_at}', '${until}'`,
    );
  }
  await engine.command(
    'CREATE TABLE schema_migrations (number UInt32, applied_at DateTime) ENGINE = MergeTree ORDER BY number',
  );
  await engine.command('INSERT INTO schema_migrations SELECT 1 + number, now() FROM numbers(4)');
  await engine.close();
  await mkdir(join(directory, 'journal'));
  for (const [name, text] of Object.entries(entries)) await writeFile(join(directory, 'journal', name), text);
  const db: Kysely<AccountsSchema> = openSqlite(join(directory, 'accounts.db'));
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error } = await migrator.migrateTo('006-keys-by-age');
  if (error) throw error;
  const operation = { id: 1, server, name: server, licences: 10, time_zone: 'UTC', reply_code: 'number' };
  await db
    .insertInto('operations')
    .values({ ...operation, reply_empty_status: 404, limits: '{}', created_at_ms: 0, has_customers: 0 })
    .execute();
  await db.destroy();
}
