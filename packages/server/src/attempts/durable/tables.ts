import type { Engine } from '../engine/engine.js';

/** A table of the store's database that has parts. */
export interface StoredTable {
  readonly name: string;
  /** Absolute path of its directory. */
  readonly path: string;
  /** The table's ENGINE clause as ClickHouse writes it, with the settings. */
  readonly engine: string;
  /** Whether its inserts are written to the journal first. */
  readonly is_in_journal: boolean;
}

const READ_MAX_MS = 60_000;

type Row = [name: string, engine: string, paths: string[], views: string[], target: string];

/**
 * All tables with parts. `is_in_journal` holds for the table that attempts are inserted into, and for those that the engine fills
 * from it by views, whatever their names.
 */
export async function storedTables(engine: Engine, journal_table: string): Promise<StoredTable[]> {
  const bytes = await engine.read({
    sql: `SELECT name, engine_full, data_paths, dependencies_table, target_table FROM system.tables
      WHERE database = currentDatabase() FORMAT JSONCompactEachRow`,
    fair_key: 'durable',
    max_ms: READ_MAX_MS,
  });
  const lines = bytes.toString().split('\n').filter(Boolean);
  const rows = new Map(
    lines.map((line): [string, Row] => {
      const row: Row = JSON.parse(line);
      return [row[0], row];
    }),
  );
  const in_journal = filledFrom(journal_table, rows);
  const tables: StoredTable[] = [];
  for (const [name, engine_full, [path]] of rows.values()) {
    if (path === undefined || !/^\w*MergeTree\b/.test(engine_full)) continue;
    tables.push({ name, path, engine: engine_full, is_in_journal: in_journal.has(name) });
  }
  return tables;
}

function filledFrom(table: string, rows: ReadonlyMap<string, Row>, found = new Set<string>()): Set<string> {
  if (found.has(table)) return found;
  found.add(table);
  for (const view of rows.get(table)?.[3] ?? []) {
    const target = rows.get(view)?.[4];
    if (target) filledFrom(target, rows, found);
  }
  return found;
}

/** Directories of the tables' active parts. */
export async function activeParts(engine: Engine, tables: readonly StoredTable[]): Promise<string[]> {
  const names = tables.map(({ name }) => `'${name}'`).join(', ');
  const bytes = await engine.read({
    sql: `SELECT path FROM system.parts
      WHERE active AND database = currentDatabase() AND table IN (${names}) FORMAT JSONCompactEachRow`,
    fair_key: 'durable',
    max_ms: READ_MAX_MS,
  });
  const lines = bytes.toString().split('\n').filter(Boolean);
  return lines.map((line) => {
    const [path]: [string] = JSON.parse(line);
    return path.replace(/\/+$/, '');
  });
}
