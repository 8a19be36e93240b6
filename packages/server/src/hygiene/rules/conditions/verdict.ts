import type { VerdictCondition } from '@recuento/contract';
import { type ConditionSql, listed } from './condition-sql.js';

/** One of the verdicts, over all attempts of the operation. */
export function verdictSql(condition: VerdictCondition): ConditionSql {
  return { aggregates: [], values: [], params: {}, holds: () => `v_verdict IN ${listed(condition.in)}` };
}
