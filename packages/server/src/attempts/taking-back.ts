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
const DAY_S = 86_400;
/** A walk over the keys of all that the operation has in a month. */
const READ_MAX_MS = 300_000;

/**
 * Takes back what an import told: of each attempt that it told of, what holds now is the best of what else was told of
 * it, or nothing. All of its rows must be in the store, and none may come any more.
 *
 * It goes month by month and order by order, and what an import told goes last: a stop in between is mended by doing it
 * again. While it goes on, a report may see neither what the import told nor what it had outranked.
 *
 * @throws EngineTimeout, EngineUnavailable
 */
export async function takeBack(engine: Engine, taken: TakenBack): Promise<void> {
  const where = `operation_id = ${taken.operation_id} AND import = ${taken.import_number}`;
  for (const month of await monthsOf(engine, taken)) {
    const days = await daysToRestore(engine, taken, month);
    for (const table of HELD) {
      await engine.change(`DELETE FROM ${table} IN PARTITION ID '${month}' WHERE ${where}`, fairKey(taken));
      for (const day of days) await engine.change(restoring(table, month, day, taken), fairKey(taken));
    }
    await engine.change(`DELETE FROM told IN PARTITION ID '${month}' WHERE ${where}`, fairKey(taken));
  }
}

/**
 * What else was told of the attempts of a day that the import told of; the engine keeps the best of each. A day of them
 * is what one statement holds in memory.
 */
function restoring(
  table: string,
  month: string,
  day_s: number,
  { operation_id, import_number }: TakenBack,
): string {
  const rows = `told WHERE _partition_id = '${month}' AND operation_id = ${operation_id}
      AND dialed_at >= toDateTime(${day_s}, 'UTC') AND dialed_at < toDateTime(${day_s + DAY_S}, 'UTC')`;
  return `INSERT INTO ${table} (${HELD_COLUMNS}) SELECT ${HELD_COLUMNS} FROM ${rows} AND import != ${import_number}
    AND (${KEY}) IN (SELECT ${KEY} FROM ${rows} AND import = ${import_number})`;
}

/** Days (their beginning in UTC, in seconds since 1970) with attempts of which the import and something else told. */
async function daysToRestore(
  engine: Engine,
  { operation_id, import_number }: TakenBack,
  month: string,
): Promise<number[]> {
  const bytes = await engine.read({
    sql: `SELECT DISTINCT toUInt32(dialed_at) - toUInt32(dialed_at) % ${DAY_S} AS day FROM (
        SELECT dialed_at FROM told WHERE _partition_id = {month:String} AND operation_id = {operation_id:UInt32}
        GROUP BY operation_id, campaign_id, telephone, dialed_at, attempt_hash
        HAVING countIf(import = {import_number:UInt32}) > 0 AND countIf(import != {import_number:UInt32}) > 0
      ) ORDER BY day FORMAT TSV`,
    params: { operation_id, import_number, month },
    settings: { optimize_aggregation_in_order: 1 },
    fair_key: `operation ${operation_id}`,
    max_ms: READ_MAX_MS,
  });
  return bytes.toString().split('\n').filter(Boolean).map(Number);
}

async function monthsOf(engine: Engine, { operation_id, import_number }: TakenBack): Promise<string[]> {
  const bytes = await engine.read({
    sql: `SELECT DISTINCT _partition_id FROM told
      WHERE operation_id = {operation_id:UInt32} AND import = {import_number:UInt32} ORDER BY 1 FORMAT TSV`,
    params: { operation_id, import_number },
    fair_key: `operation ${operation_id}`,
    max_ms: READ_MAX_MS,
  });
  return bytes.toString().split('\n').filter(Boolean);
}

const fairKey = ({ operation_id }: TakenBack) => `operation ${operation_id}`;
