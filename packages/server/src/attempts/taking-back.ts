import type { Engine } from './engine/engine.js';

/** The import whose rows are taken back, and its operation. */
export interface TakenBack {
  readonly operation_id: number;
  readonly import_number: number;
}

/** The three orders of what holds. */
const HELD = ['held_by_campaign', 'held_by_telephone', 'held_by_time'] as const;
const HELD_COLUMNS = `operation_id, campaign_id, telephone, dialed_at, attempt_hash, result, trunk, sip, cause, amd, evidence,
  import, version`;
const KEY = 'campaign_id, telephone, dialed_at, attempt_hash';
/** Attempts that one statement looks up: their keys take some sixty megabytes of memory meanwhile. */
const SLICE_ROWS = 250_000;
/** Time for a scan of one column over all rows of the operation. */
const READ_MAX_MS = 120_000;

export interface TakingBack {
  /** Resolves when everything is on disk that the tables had when it was called. */
  readonly checkpoint: () => Promise<void>;
  /** Called whenever the reports of a month have their final content again. */
  readonly onMonth: () => Promise<void>;
  /** Called before each statement; if it throws, the taking back ends. */
  readonly beforeChange: () => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Takes back an import. Of each of its attempts, the best of the other rows in `told` holds afterwards, or none. All rows of the
 * import must be in the store, and no more may come.
 *
 * It goes order by order: the import's rows are deleted, and then the other rows of `told` are inserted again, because a merge may
 * have removed them from the order. The import's rows in `told` are deleted last, and only when the orders are on disk: after a kill
 * or a power cut the engine may have kept the later of two deletions and lost the earlier. So after a stop in between, or after
 * `signal`, it is enough to do it all again. Meanwhile a report may see neither the import's row of an attempt nor the row that it
 * had outranked.
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

/** Inserts the rows that other sources told of the import's attempts; the engine keeps the best of each. */
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
