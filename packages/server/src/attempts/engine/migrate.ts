import { readdir, readFile } from 'node:fs/promises';
import { letTablesSync } from '../durable/table-settings.js';
import type { Engine } from './engine.js';

const MIGRATIONS = new URL('../migrations/', import.meta.url);
const FILE_NAME = /^(\d{3})_\w+\.sql$/;

/** The store was written by a newer version, whose tables this one does not know. */
export class StoreTooNew extends Error {
  override readonly name = 'StoreTooNew';
}

/**
 * Brings the store's schema to the newest numbered migration. Each statement can be run twice, so after a stop in the middle the
 * next start runs it again.
 *
 * @throws StoreTooNew before anything is changed
 */
export async function migrateAttempts(engine: Engine): Promise<void> {
  await engine.command(
    'CREATE TABLE IF NOT EXISTS schema_migrations (number UInt32, applied_at DateTime) ENGINE = MergeTree ORDER BY number',
  );
  const done = await appliedNumbers(engine);
  const files = (await readdir(MIGRATIONS)).filter((name) => FILE_NAME.test(name)).sort();
  const newest = Math.max(0, ...done);
  if (newest > files.length)
    throw new StoreTooNew(`its schema is ${newest}, the newest known is ${files.length}`);
  const pending = files.filter((file) => !done.has(numberOf(file)));
  // Rows that a migration inserts are in no journal, so the tables themselves sync them until the store is open.
  if (pending.length > 0) await letTablesSync(engine);
  for (const file of pending) {
    for (const statement of statementsOf(await readFile(new URL(file, MIGRATIONS), 'utf8'))) {
      await engine.command(statement);
    }
    await engine.command(`INSERT INTO schema_migrations VALUES (${numberOf(file)}, now())`);
  }
}

function numberOf(file: string): number {
  return Number(file.slice(0, 3));
}

async function appliedNumbers(engine: Engine): Promise<Set<number>> {
  const bytes = await engine.read({
    sql: 'SELECT number FROM schema_migrations FORMAT TSV',
    fair_key: 'schema',
    max_ms: 30_000,
  });
  return new Set(bytes.toString().split('\n').filter(Boolean).map(Number));
}

/** Statements end with a semicolon at a line's end. Comments stay in, since the engine takes them. */
function statementsOf(sql: string): string[] {
  return sql
    .split(/;\s*\n/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}
