import { type CountCondition, HYGIENE_LIMITS } from '@recuento/contract';
import { type ConditionSql, counted, type Ground, listed } from './condition-sql.js';

/** Attempts with one of the codes, at least so many. */
export function countSql(condition: CountCondition, prefix: string, ground: Ground): ConditionSql {
  const { sql, params } = counted(prefix, ground, condition);
  const count = `countIf(${sql} AND result IN ${listed(condition.codes)})`;
  return {
    aggregates: [`${count} AS ${prefix}`],
    values: [],
    params,
    threshold: { chosen: condition.at_least, type: 'UInt32', bounds: [1, HYGIENE_LIMITS.at_least_max] },
    needs: (number) => `${count} >= ${number}`,
    holds: (number) => `${prefix} >= ${number}`,
  };
}
