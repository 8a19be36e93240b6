import { CAMPAIGN_8, MACHINE_RECOGNITIONS } from '@recuento/contract';
import type { Engine } from '../attempts/engine/engine.js';
import type { CallBudget } from './budget.js';
import type { Report, ReportPage } from './report.js';
import { asRows, lastRow, rowsOf, withoutLastRow } from './rows.js';
import type { Selection } from './selection.js';
import { IN_ORDER, laneOf, tableFor, whereSelected } from './where.js';

/**
 * `campaign_8`: machine codes grouped by telephone and result (seed page, report 8).
 *
 * A telephone has a row when it has at least one machine recognition in the window; the total is the sum of the five
 * columns. Rows come in ascending byte order of telephone. `all` still has one row a telephone.
 */
export const campaign8: Report = { description: CAMPAIGN_8, page, count };

const ROWS = { ...IN_ORDER, ...asRows(CAMPAIGN_8.columns) };

const COLUMNS = MACHINE_RECOGNITIONS.map((code) => `countIf(result = '${code}') AS ${code}`).join(', ');

// "One of the five": the schema numbers them first.
const RECOGNIZED = `result <= 'failed'`;

function pageSql(table: string, where: string): string {
  return `SELECT telephone, count() AS total_machine_recognitions, ${COLUMNS}
    FROM ${table} FINAL
    WHERE ${where} AND telephone > {after:String} AND ${RECOGNIZED}
    GROUP BY telephone ORDER BY telephone LIMIT {limit:UInt32}
    FORMAT Template`;
}

async function page(
  engine: Engine,
  selection: Selection,
  after: string,
  max_rows: number,
  budget: CallBudget,
): Promise<ReportPage> {
  const where = whereSelected(selection);
  const written = await engine.read({
    sql: pageSql(tableFor(selection), where.sql),
    // One row more than the page: it tells whether there is a next one.
    params: { ...where.params, after, limit: max_rows + 1 },
    settings: ROWS,
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  const found = rowsOf(written);
  if (found.count <= max_rows) return found;
  const kept = withoutLastRow(found);
  return { ...kept, more_after: telephoneOf(lastRow(kept)) };
}

async function count(engine: Engine, selection: Selection, budget: CallBudget): Promise<number> {
  const where = whereSelected(selection);
  const bytes = await engine.read({
    // In order as well: telephones are counted as they close, and none is kept in memory.
    sql: `SELECT count() FROM (
        SELECT telephone FROM ${tableFor(selection)} FINAL WHERE ${where.sql} AND ${RECOGNIZED} GROUP BY telephone
      ) FORMAT TSV`,
    settings: IN_ORDER,
    params: where.params,
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  return Number(bytes.toString());
}

/** Only the last row of a page is ever read here, for the cursor. */
function telephoneOf(row: Buffer): string {
  const parsed: unknown = JSON.parse(row.toString());
  if (typeof parsed === 'object' && parsed !== null && 'telephone' in parsed) return String(parsed.telephone);
  throw new Error('a campaign_8 row has no telephone');
}
