import type { EngineSettings, SqlParams } from '../attempts/engine/engine.js';
import type { ReportRequest } from './report.js';
import type { Selection } from './selection.js';
import { whereSelected } from './where.js';

/** An order of what holds, and how it is read for rows in the order of their telephones. */
export interface Order {
  readonly table: 'held_by_campaign' | 'held_by_telephone' | 'held_by_time';
  readonly settings: EngineSettings;
}

/** How rows are read that come in the order of a table. */
export const IN_ORDER: EngineSettings = {
  optimize_aggregation_in_order: 1,
  // Each telephone's groups are made one after another anyway. Parts that FINAL merges in layers, side by side, are
  // merged once more to be in order: up to twice the time.
  max_final_threads: 1,
};

const BY_TIME: Order = { table: 'held_by_time', settings: {} };
/** For windows up to this length the order by time reads least, whatever the operation dials. */
const BY_TIME_MAX_S = 3_600;
/** For windows longer than this it never does: the other orders stop at the end of a page. */
const BY_TIME_NEVER_S = 7 * 86_400;
/** What grouping a row by hash costs, where reading one costs 1 (measured, docs/decisions/0024). */
const HASHED_ROW = 8;

/**
 * The most rows that are grouped by hash. With some 2.5 attempts to a telephone they take half of a read's 1 GiB. Beyond that the
 * engine goes to the disk and takes longer than in order (measured, docs/decisions/0036).
 */
const HASHED_ROWS_MAX = 20_000_000;

/**
 * The order by which a report by telephone reads least: by campaign or by telephone, where groups close as they are read and
 * LIMIT stops the read at the end of a page, or by time, where it reads and groups all that the window holds. Where the window is
 * neither short nor long, the engine's index tells which one is less.
 *
 * @param page_rows the report stops after so many rows; undefined where it reads all
 */
export async function orderFor(asked: ReportRequest, page_rows?: number): Promise<Order> {
  const { campaign, window } = asked.selection;
  const in_order = inOrder(campaign);
  const seconds = window.until_s - window.from_s;
  if (seconds <= BY_TIME_MAX_S) return BY_TIME;
  if (seconds > BY_TIME_NEVER_S) return in_order;
  const { in_window, of_campaign, of_month } = await estimated(asked, in_order.table);
  const grouped = of_month === 0 ? 0 : in_window * Math.min(1, of_campaign / of_month);
  const walked = of_campaign * (page_rows === undefined ? 1 : Math.min(1, page_rows / Math.max(grouped, 1)));
  return in_window + HASHED_ROW * grouped < walked ? BY_TIME : in_order;
}

/** The same without a look at the index: by time where the window is short. */
export function orderOfTelephones({ campaign, window }: Selection): Order {
  return window.until_s - window.from_s <= BY_TIME_MAX_S ? BY_TIME : inOrder(campaign);
}

function inOrder({ kind }: Selection['campaign']): Order {
  return { table: kind === 'one' ? 'held_by_campaign' : 'held_by_telephone', settings: IN_ORDER };
}

/**
 * The order for a report that groups all telephones of the selection and needs them in no order: by hash, on all cores, where that
 * stays in memory; else as they are stored, on one.
 *
 * @param rows_max the most rows that are grouped by hash
 */
export async function orderToSort(asked: ReportRequest, rows_max = HASHED_ROWS_MAX): Promise<Order> {
  const order = await orderFor(asked);
  if (order === BY_TIME) return order;
  const { sql, params } = whereSelected(asked.selection);
  const rows = await rowsInIndex(asked, { found: `SELECT 1 FROM ${order.table} WHERE ${sql}` }, params);
  return rows('found') <= rows_max ? hashed(order) : order;
}

/** The same order, but rows are grouped by hash and not as they come. */
export function hashed({ table }: Order): Order {
  return { table, settings: {} };
}

/** The order for a report that counts all that the window holds, and not by telephone. */
export function orderOfAll({ campaign, window }: Selection): Order['table'] {
  const is_short = window.until_s - window.from_s <= BY_TIME_MAX_S;
  return campaign.kind === 'all' || is_short ? 'held_by_time' : 'held_by_campaign';
}

/** How many rows the engine's index leaves to be read. */
async function estimated(
  asked: ReportRequest,
  table: string,
): Promise<{ in_window: number; of_campaign: number; of_month: number }> {
  const { sql, params } = whereSelected(asked.selection);
  const window = `operation_id = {operation_id:UInt32} AND dialed_at >= toDateTime({from_s:UInt32})
    AND dialed_at < toDateTime({until_s:UInt32})`;
  const months = `operation_id = {operation_id:UInt32} AND toYYYYMM(dialed_at) >= toYYYYMM(toDateTime({from_s:UInt32}))
    AND toYYYYMM(dialed_at) <= toYYYYMM(toDateTime({until_s:UInt32}))`;
  const statements = {
    in_window: `SELECT 1 FROM held_by_time WHERE ${window}`,
    of_campaign: `SELECT 1 FROM ${table} WHERE ${sql}`,
    of_month: `SELECT 1 FROM held_by_time WHERE ${months}`,
  };
  const of = await rowsInIndex(asked, statements, params);
  return { in_window: of('in_window'), of_campaign: of('of_campaign'), of_month: of('of_month') };
}

/**
 * How many rows the engine's index leaves for each of these statements to read. No rows are read: it takes some ten milliseconds.
 */
async function rowsInIndex(
  { engine, selection, budget }: ReportRequest,
  statements: Readonly<Record<string, string>>,
  params: SqlParams,
): Promise<(name: string) => number> {
  const estimates = Object.entries(statements).map(
    ([name, sql]) => `SELECT '${name}', sum(rows) FROM (EXPLAIN ESTIMATE ${sql})`,
  );
  const bytes = await engine.read({
    sql: `${estimates.join(' UNION ALL ')} FORMAT TSV`,
    params,
    fair_key: `operation ${selection.operation_id}`,
    lane: 'short',
    ...budget.engine(),
  });
  const rows = new Map(
    bytes
      .toString()
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([name = '', count]) => [name, Number(count)] as const),
  );
  return (name) => rows.get(name) ?? 0;
}
