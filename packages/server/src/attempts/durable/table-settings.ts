import type { Engine } from '../engine/engine.js';
import { type StoredTable, storedTables } from './tables.js';

type TableSettings = Readonly<Record<string, number>>;

/** Seconds that a merged-away part is kept: several checkpoints, so that what it became is on disk before it is deleted. */
const OLD_PARTS_LIFETIME_S = 60;

/** Of every table. */
const MERGES: TableSettings = {
  // A merge's files are on disk before it gets its name. The engine embedded in a process does not do so by itself.
  min_compressed_bytes_to_fsync_after_merge: 1,
  // And what it was made of is there a while longer: the embedded engine's own default is none.
  old_parts_lifetime: OLD_PARTS_LIFETIME_S,
  // Broken parts are set aside by the engine, and told in our log; a start is never refused for them.
  max_suspicious_broken_parts: 1_000_000,
  max_suspicious_broken_parts_bytes: 1_000_000_000_000_000,
};

/** Of a table whose inserts are in the journal until a checkpoint has brought them to the disk. */
const IN_JOURNAL: TableSettings = { fsync_after_insert: 0, fsync_part_directory: 0 };
/** Of another: an insert is on disk when it ends. */
const BY_ITSELF: TableSettings = { fsync_after_insert: 1, fsync_part_directory: 1 };

/** Tells the tables what they are to bring to the disk themselves. */
export async function settleTables(engine: Engine, tables: readonly StoredTable[]): Promise<void> {
  for (const table of tables)
    await tell(engine, table, { ...MERGES, ...(table.is_in_journal ? IN_JOURNAL : BY_ITSELF) });
}

/** Before the schema is changed: what such a change inserts is in no journal. */
export async function letTablesSync(engine: Engine): Promise<void> {
  for (const table of await storedTables(engine, '')) await tell(engine, table, { ...MERGES, ...BY_ITSELF });
}

/** An ALTER writes the table's description anew, so only what differs is told. */
async function tell(
  engine: Engine,
  { name, engine: told }: StoredTable,
  wanted: TableSettings,
): Promise<void> {
  const differing = Object.entries(wanted).filter(([setting, value]) => toldOf(told, setting) !== value);
  if (differing.length === 0) return;
  const list = differing.map(([setting, value]) => `${setting} = ${value}`).join(', ');
  await engine.command(`ALTER TABLE ${name} MODIFY SETTING ${list}`);
}

function toldOf(engine: string, setting: string): number | undefined {
  const value = new RegExp(`\\b${setting} = (\\d+)\\b`).exec(engine)?.[1];
  return value === undefined ? undefined : Number(value);
}
