import { hashed, type Order, orderFor } from '../order.js';
import type { ReportRequest } from '../report.js';
import { asLines, rowsOf } from '../rows.js';
import { laneOf } from '../where.js';
import { conditionOf, type MachineCodesAsked, RECOGNIZED } from './machine-codes-table.js';
import type { SortedPage } from './sort-telephones.js';
import type { FoundTelephones } from './sorted-telephones.js';

/**
 * The telephones of a page in the stored order. It takes a look at the index at most, and one engine query.
 *
 * It is one that looks at attempts alone, and not at counts of them: only then does the engine stop once the page is full. With a
 * condition on counts it groups all that the window holds first (a page of 9.5 million attempts: some seconds, and not 10 ms).
 */
export async function storedTelephones(
  asked: ReportRequest,
  { question, after, limit }: SortedPage,
  order: Order,
): Promise<FoundTelephones> {
  const { engine, selection, budget } = asked;
  const behind = after && { sql: 'telephone > {after:String}', params: { after: after.telephone } };
  const { sql, params } = conditionOf(selection, question, behind);
  const written = await engine.read({
    sql: `SELECT 0 AS value, telephone FROM ${order.table} FINAL PREWHERE ${sql} WHERE ${RECOGNIZED}
      GROUP BY telephone ORDER BY telephone LIMIT {ahead:UInt32} FORMAT Template`,
    params: { ...params, ahead: limit + 1 },
    settings: { ...order.settings, ...asLines('value', 'telephone') },
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  const lines = rowsOf(written);
  return { after, are_to_the_end: lines.count <= limit, parts: [lines.rows] };
}

/** So many digits leave a few telephones of millions: all of them have to be looked at before a page is full. */
const SUFFIX_OF_FEW_CHARS = 5;

/** The order by which these telephones are found soonest. */
export async function orderOfStored(
  asked: ReportRequest,
  { telephone_prefix = '', telephone_suffix = '' }: MachineCodesAsked,
  limit: number,
): Promise<Order> {
  const order = await orderFor(asked, limit);
  // Nothing is gained by the order of the telephones then, and by hash all cores look.
  return telephone_prefix === '' && telephone_suffix.length >= SUFFIX_OF_FEW_CHARS ? hashed(order) : order;
}
