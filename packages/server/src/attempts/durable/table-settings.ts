import type { Engine } from '../engine/engine.js';
import { type StoredTable, storedTables } from './tables.js';

type TableSettings = Readonly<Record<string, number>>;

/** Seconds that a merged-away part is kept: several checkpoints, so that the merged part is on disk before it is deleted. */
const OLD_PARTS_LIFETIME_S = 60;

/** Settings of every table. */
const MERGES: TableSettings = {
  // A merged part's files are on disk before it gets its name. The embedded engine does not do so by default.
  min_compressed_bytes_to_fsync_after_merge: 1,
  // And the parts that it replaces stay a while longer: by default the embedded engine deletes them at once.
  old_parts_lifetime: OLD_PARTS_LIFETIME_S,
  // The engine sets broken parts aside, and our log reports them. They never prevent a start.
  max_suspicious_broken_parts: 1_000_000,
  max_suspicious_broken_parts_bytes: 1_000_000_000_000_000,
};

/** For a table whose inserts are in the journal until a checkpoint has brought them to the disk. */
const IN_JOURNAL: TableSettings = { fsync_after_insert: 0, fsync_part_directory: 0 };
/** For any other table: an insert is on disk when it ends. */
const BY_ITSELF: TableSettings = { fsync_after_insert: 1, fsync_part_directory: 1 };

/** Sets what the tables have to sync themselves. */
export async function settleTables(engine: Engine, tables: readonly StoredTable[]): Promise<void> {
  for (const table of tables)
    await alter(engine, table, { ...MERGES, ...(table.is_in_journal ? IN_JOURNAL : BY_ITSELF) });
}

/** Lets all tables sync their inserts. To be called before a change of the schema, whose inserts are in no journal. */
export async function letTablesSync(engine: Engine): Promise<void> {
  for (const table of await storedTables(engine, '')) await alter(engine, table, { ...MERGES, ...BY_ITSELF });
}

/** Each ALTER rewrites the table's description, so only settings that differ are changed. */
async function alter(
  engine: Engine,
  { name, engine: definition }: StoredTable,
  wanted: TableSettings,
): Promise<void> {
  const differing = Object.entries(wanted).filter(
    ([setting, value]) => settingIn(definition, setting) !== value,
  );
  if (differing.length === 0) return;
  const list = differing.map(([setting, value]) => `${setting} = ${value}`).join(', ');
  await engine.command(`ALTER TABLE ${name} MODIFY SETTING ${list}`);
}

function settingIn(definition: string, setting: string): number | undefined {
  const value = new RegExp(`\\b${setting} = (\\d+)\\b`).exec(definition)?.[1];
  return value === undefined ? undefined : Number(value);
}
