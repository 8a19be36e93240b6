import { type DialedCondition, HYGIENE_LIMITS } from '@recuento/contract';
import { type ConditionSql, counted, type Ground } from './condition-sql.js';

/** Attempts, at least so many. */
export function dialedSql(condition: DialedCondition, prefix: string, ground: Ground): ConditionSql {
  const { sql, params } = counted(prefix, ground, condition);
  const count = `countIf(${sql})`;
  return {
    aggregates: [`${count} AS ${prefix}`],
    values: [],
    params,
    threshold: { chosen: condition.at_least, type: 'UInt32', bounds: [1, HYGIENE_LIMITS.at_least_max] },
    needs: (number) => `${count} >= ${number}`,
    holds: (number) => `${prefix} >= ${number}`,
  };
}
