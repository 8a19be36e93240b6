import type { VerdictCondition } from '@recuento/contract';
import { type ConditionSql, type Ground, listed } from './condition-sql.js';

/** One of the verdicts, over all attempts of the operation. */
export function verdictSql(condition: VerdictCondition, { needed }: Ground): ConditionSql {
  const each = condition.in.map((verdict) => needed[verdict]);
  return {
    aggregates: [],
    values: [],
    params: {},
    asks: 'verdict',
    ...(!each.includes(undefined) && { needs: () => `(${each.join(' OR ')})` }),
    holds: () => `v_verdict IN ${listed(condition.in)}`,
  };
}
