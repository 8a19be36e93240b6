import { HYGIENE_LIMITS, type StreakCondition } from '@recuento/contract';
import { type ConditionSql, counted, type Ground, listed } from './condition-sql.js';

/**
 * An attempt's place in the order of its telephone's attempts, in one number: its second, the hash of its id, its campaign. The last
 * result of `/v1/machine-codes` is found by the same order.
 */
const PLACE =
  'bitShiftLeft(toUInt128(toUInt32(dialed_at)), 96) + bitShiftLeft(toUInt128(attempt_hash), 32) + campaign_id';

/**
 * The latest attempts in a row that have one of the codes, at least so many: those after the last attempt that has none of them. Rows
 * come in no order of time, so their places are kept, sixteen bytes each, until all of the line's are there.
 */
export function streakSql(condition: StreakCondition, prefix: string, ground: Ground): ConditionSql {
  const { sql, params } = counted(prefix, ground, condition);
  const has_code = `result IN ${listed(condition.codes)}`;
  return {
    aggregates: [
      `maxIf(${PLACE}, ${sql} AND NOT ${has_code}) AS ${prefix}_broken`,
      `groupArrayIf(${PLACE}, ${sql} AND ${has_code}) AS ${prefix}_places`,
    ],
    values: [`arrayCount(place -> place > ${prefix}_broken, ${prefix}_places) AS ${prefix}`],
    params,
    threshold: { chosen: condition.at_least, type: 'UInt32', bounds: [1, HYGIENE_LIMITS.at_least_max] },
    needs: (number) => `countIf(${sql} AND ${has_code}) >= ${number}`,
    holds: (number) => `${prefix} >= ${number}`,
  };
}
