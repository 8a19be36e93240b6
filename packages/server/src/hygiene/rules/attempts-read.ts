import type { SqlParams } from '../../attempts/engine/engine.js';
import type { Order } from '../../reports/order.js';
import type { RuleThen } from './rule-then.js';

/**
 * Which attempts are read for a rule, as the PREWHERE and WHERE of a statement: all of the lines that the rule may take. A verdict is of
 * the whole operation's attempts, so a rule of one campaign reads those of other campaigns, too. Conditions that stand in a PREWHERE
 * beside FINAL are of columns of the key alone.
 *
 * @param until_s the last second that is read
 * @param needed what is true of every line that the rule takes: SQL over its attempts at or before the moment, as they are grouped.
 *   Lines of which it is not true are left out by a first pass, which costs less than to judge them.
 */
export function attemptsRead(
  { operation_id, rule, judged }: RuleThen,
  until_s: number,
  order: Order['table'],
  needed: readonly string[],
): { readonly sql: string; readonly params: SqlParams } {
  const { lines } = judged.judgement;
  const upTo = (second: string) =>
    `operation_id = {operation_id:UInt32} AND dialed_at <= toDateTime({${second}:UInt32})`;
  // A line has many spellings, so it can't be looked up in the key.
  const and = lines.are_merged ? 'WHERE' : 'AND';
  const of_campaign =
    rule.campaign_id === 'all'
      ? ''
      : `${and} ${lines.line} IN (SELECT ${lines.line} FROM held_by_campaign
          PREWHERE ${upTo('as_of')} AND campaign_id = {campaign_id:UInt32})`;
  const params = {
    operation_id,
    until: until_s,
    ...(rule.campaign_id !== 'all' && { campaign_id: rule.campaign_id }),
  };
  if (needed.length === 0) return { sql: `PREWHERE ${upTo('until')} ${of_campaign}`, params };
  const may_be_taken = `SELECT ${lines.line} AS n_line FROM ${order} FINAL PREWHERE ${upTo('as_of')} ${of_campaign}
    GROUP BY n_line HAVING ${needed.join(' AND ')} SETTINGS optimize_aggregation_in_order = 0, max_final_threads = 0`;
  return { sql: `PREWHERE ${upTo('until')} ${and} ${lines.line} IN (${may_be_taken})`, params };
}
