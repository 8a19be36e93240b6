import { type GiveTurn, RECORDS_A_TURN, Turns } from '../admission/turns.js';
import type { SqlParams } from '../attempts/engine/engine.js';
import { orderOfAll } from './order.js';
import type { ReportRequest } from './report.js';
import { laneOf, whereSelected } from './where.js';

/** A campaign's attempts, counted. */
export interface Today {
  readonly attempts: number;
  readonly answer: number;
  readonly no_answer: number;
  /** `busy`, `congestion` and `failed` together. */
  readonly not_through: number;
  readonly answer_machine: number;
}

/** The numbers of the first and the last campaign that is asked for. */
export interface Between {
  readonly first: number;
  readonly last: number;
}

/**
 * The attempts of the selection, counted by campaign: `real_time.php?api=campaigns`, whose window is today. A campaign without
 * attempts in the window is not in the result.
 */
export async function campaignsToday(
  asked: ReportRequest,
  between: Between,
  give_turn: GiveTurn,
): Promise<Map<number, Today>> {
  const where = whereSelected(asked.selection);
  const sql = `SELECT campaign_id, count(), countIf(result = 'answer'), countIf(result = 'no_answer'),
      countIf(result IN ('busy', 'congestion', 'failed')), countIf(result = 'answer_machine')
    FROM ${orderOfAll(asked.selection)} FINAL PREWHERE ${where.sql} AND ${BETWEEN} GROUP BY campaign_id`;
  return readByCampaign(asked, { sql, params: { ...where.params, ...between } }, give_turn, (counts) => {
    const [attempts = 0, answer = 0, no_answer = 0, not_through = 0, answer_machine = 0] = counts;
    return { attempts, answer, no_answer, not_through, answer_machine };
  });
}

/** How many customers were added to each of the campaigns. A campaign without customers is not in the result. */
export async function customersOf(
  asked: ReportRequest,
  between: Between,
  give_turn: GiveTurn,
): Promise<Map<number, number>> {
  const { operation_id, has_customers } = asked.selection;
  if (!has_customers) return new Map();
  const sql = `SELECT campaign_id, count() FROM customers FINAL
    PREWHERE operation_id = {operation_id:UInt32} AND ${BETWEEN} GROUP BY campaign_id`;
  const params = { operation_id, ...between };
  return readByCampaign(asked, { sql, params }, give_turn, ([customers = 0]) => customers);
}

const BETWEEN = 'campaign_id >= {first:UInt32} AND campaign_id <= {last:UInt32}';
const LINE_FEED = 0x0a;

/**
 * Reads rows of numbers, the first of which is the campaign's. There may be as many rows as campaigns, so others get their turns.
 */
async function readByCampaign<Value>(
  { engine, selection, budget }: ReportRequest,
  { sql, params }: { readonly sql: string; readonly params: SqlParams },
  give_turn: GiveTurn,
  read: (numbers: readonly number[]) => Value,
): Promise<Map<number, Value>> {
  const bytes = await engine.read({
    sql: `${sql} FORMAT TSV`,
    params,
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  const found = new Map<number, Value>();
  const turns = new Turns(RECORDS_A_TURN, give_turn);
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, from);
    if (turns.isOver(end - from)) await turns.give();
    const [campaign_id = 0, ...numbers] = bytes.toString('latin1', from, end).split('\t').map(Number);
    found.set(campaign_id, read(numbers));
    from = end + 1;
  }
  return found;
}
