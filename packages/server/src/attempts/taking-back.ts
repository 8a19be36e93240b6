import type { Engine } from './engine/engine.js';

/** Whose rows are taken back, and which. */
export interface TakenBack {
  readonly operation_id: number;
  readonly import_number: number;
}

/** The orders of what holds. */
const HELD = ['held_by_campaign', 'held_by_telephone', 'held_by_time'] as const;
const HELD_COLUMNS = `operation_id, campaign_id, telephone, dialed_at, attempt_hash, result, trunk, sip, cause, amd, evidence,
  import, version`;
const KEY = 'campaign_id, telephone, dialed_at, attempt_hash';
/** Attempts that one statement looks up: their keys are in memory meanwhile, some sixty megabytes. */
const SLICE_ROWS = 250_000;
/** A look at one column of all that the operation has. */
const READ_MAX_MS = 120_000;

export interface TakingBack {
  /** Resolves when everything is on disk that the tables have by now. */
  readonly checkpoint: () => Promise<void>;
  /** Called whenever reports of a month say again what they will say. */
  readonly onMonth: () => Promise<void>;
  /** Called before each statement; what it throws ends the taking back. */
  readonly beforeChange: () => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Takes back what an import told: of each attempt that it told of, what holds now is the best of what else was told of
 * it, or nothing. All of its rows must be in the store, and none may come any more.
 *
 * It goes order by order. What else was told is put in after the import's rows are gone, whatever came meanwhile: what was
 * there before them may be merged away. What the import told goes last, and not before the orders are on disk as they are to
 * be: after a kill or a power cut the engine may have done the later of two deletions, and not the earlier. So a stop in
 * between, or `signal`, is mended by doing it again. While it goes on, a report may see neither what the import told nor what
 * it had outranked.
 *
 * @throws EngineTimeout, EngineUnavailable; the signal's reason
 */
export async function takeBack(
  engine: Engine,
  taken: TakenBack,
  { checkpoint, onMonth, beforeChange, signal }: TakingBack,
): Promise<void> {
  const fair_key = `operation ${taken.operation_id}`;
  const change = async (sql: string) => {
    await beforeChange();
    signal.throwIfAborted();
    return engine.change(sql, fair_key);
  };
  const where = `operation_id = ${taken.operation_id} AND import = ${taken.import_number}`;
  const months = await monthsOf(engine, taken);
  for (const { month, rows } of months) {
    const slices = Math.ceil(rows / SLICE_ROWS);
    for (const table of HELD) {
      await change(`DELETE FROM ${table} IN PARTITION ID '${month}' WHERE ${where}`);
      for (let slice = 0; slice < slices; slice += 1) {
        await change(restoring(table, month, `attempt_hash % ${slices} = ${slice}`, taken));
      }
    }
    await onMonth();
  }
  await checkpoint();
  for (const { month } of months) await change(`DELETE FROM told IN PARTITION ID '${month}' WHERE ${where}`);
}

/** What else was told of the attempts that the import told of; the engine keeps the best of each. */
function restoring(
  table: string,
  month: string,
  slice: string,
  { operation_id, import_number }: TakenBack,
): string {
  const rows = `told WHERE _partition_id = '${month}' AND operation_id = ${operation_id} AND ${slice}`;
  return `INSERT INTO ${table} (${HELD_COLUMNS}) SELECT ${HELD_COLUMNS} FROM ${rows} AND import != ${import_number}
    AND (${KEY}) IN (SELECT ${KEY} FROM ${rows} AND import = ${import_number})`;
}

async function monthsOf(
  engine: Engine,
  { operation_id, import_number }: TakenBack,
): Promise<{ month: string; rows: number }[]> {
  const bytes = await engine.read({
    sql: `SELECT _partition_id, count() FROM told
      WHERE operation_id = {operation_id:UInt32} AND import = {import_number:UInt32}
      GROUP BY _partition_id ORDER BY _partition_id FORMAT TSV`,
    params: { operation_id, import_number },
    fair_key: `operation ${operation_id}`,
    max_ms: READ_MAX_MS,
  });
  const lines = bytes.toString().split('\n').filter(Boolean);
  return lines.map((line) => {
    const [month = '', rows] = line.split('\t');
    return { month, rows: Number(rows) };
  });
}
