import type { ProbabilityCondition } from '@recuento/contract';
import type { ConditionSql } from './condition-sql.js';

/** A probability below so much, over all attempts of the operation. */
export function probabilitySql(condition: ProbabilityCondition): ConditionSql {
  return {
    aggregates: [],
    values: [],
    params: {},
    asks: 'probability',
    threshold: { chosen: condition.below, type: 'Float64', bounds: [0, 1] },
    holds: (number) => `v_probability < ${number}`,
  };
}
