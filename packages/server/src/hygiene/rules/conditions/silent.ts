import { HYGIENE_LIMITS, type SilentCondition } from '@recuento/contract';
import { SHOWS_LIFE } from '../../attempt-kinds.js';
import { type ConditionSql, counted, DAY_S, type Ground } from './condition-sql.js';

/** No life for so many days, and dialed in them. Life is life also in a fault; only the dials of a fault may be left out. */
export function silentSql(condition: SilentCondition, prefix: string, ground: Ground): ConditionSql {
  const { sql, params } = counted(prefix, ground, { faults: condition.faults });
  return {
    aggregates: [
      `toUInt32(maxIf(dialed_at, ${ground.known} AND ${SHOWS_LIFE})) AS ${prefix}_life`,
      `toUInt32(maxIf(dialed_at, ${sql})) AS ${prefix}_dialed`,
    ],
    values: [],
    params,
    threshold: { chosen: condition.days, type: 'UInt32', bounds: [1, HYGIENE_LIMITS.days_max] },
    holds: (number) => {
      const from = `({as_of:UInt32} - ${number} * ${DAY_S})`;
      return `if(${prefix}_life <= ${from}, ${prefix}_dialed > ${from}, 0)`;
    },
  };
}
