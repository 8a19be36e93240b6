import type { SqlParams } from '../attempts/engine/engine.js';
import { IN_ORDER } from '../reports/order.js';
import type { ReportRequest } from '../reports/report.js';

interface PartAsked {
  /** The telephone before the part; undefined to start. */
  readonly after: string | undefined;
  /** `telephone`, or `-telephone`. */
  readonly sort: string;
  readonly count: number;
  readonly as_of_s: number;
}

/**
 * The last of the next `count` telephones that were dialed at or before a moment, and whether there are more behind it; of one
 * campaign where the selection names one. Only keys are read, and no further than they go.
 */
export async function telephonesAfter(
  { engine, selection: { operation_id, campaign }, budget }: ReportRequest,
  { after, sort, count, as_of_s }: PartAsked,
): Promise<{ readonly last: string | undefined; readonly are_more: boolean }> {
  const descending = sort.startsWith('-');
  const conditions = ['operation_id = {operation_id:UInt32}', 'dialed_at <= toDateTime({as_of:UInt32})'];
  const params: Record<string, string | number> = { operation_id, as_of: as_of_s, limit: count + 1 };
  if (campaign.kind === 'one') {
    conditions.push('campaign_id = {campaign_id:UInt32}');
    params.campaign_id = campaign.campaign_id;
  }
  if (after !== undefined) {
    conditions.push(`telephone ${descending ? '<' : '>'} {after:String}`);
    params.after = after;
  }
  const order = campaign.kind === 'one' ? 'held_by_campaign' : 'held_by_telephone';
  const sql = `SELECT telephone FROM ${order} WHERE ${conditions.join(' AND ')}
    GROUP BY telephone ORDER BY telephone ${descending ? 'DESC' : 'ASC'} LIMIT {limit:UInt32}`;
  const found = await read({ sql, params });
  const are_more = found.count > count;
  return { last: are_more ? found.last_but_one : found.last, are_more };

  async function read(statement: { sql: string; params: SqlParams }) {
    const bytes = await engine.read({
      sql: `SELECT count(), arrayElement(groupArray(telephone) AS all, -1), arrayElement(all, -2) FROM (${statement.sql}) FORMAT JSONCompactEachRow`,
      params: statement.params,
      settings: { ...IN_ORDER, output_format_json_quote_64bit_integers: 0 },
      fair_key: `operation ${operation_id}`,
      lane: 'short',
      ...budget.engine(),
    });
    const [count, last, last_but_one]: [number, string, string] = JSON.parse(bytes.toString());
    return { count, last: count === 0 ? undefined : last, last_but_one };
  }
}
