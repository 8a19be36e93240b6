import type { SqlParams } from '../../attempts/engine/engine.js';
import type { Decision } from './decisions.js';
import { lastEventsSql, type Moment, momentParams } from './standing.js';
import type { Telephones } from './telephones.js';

/** A statement with its values. */
export interface Bound {
  readonly sql: string;
  readonly params: SqlParams;
}

/** What an act does, to which telephones, at which moment: the acts that count are those before it. */
export interface Filling {
  readonly decision: Decision;
  readonly telephones: Telephones;
  readonly moment: Moment;
  /** Values of the decision's own blanks. */
  readonly params?: SqlParams;
  /** Only so many of the telephones that it would take, chosen by a hash: a cross section of the list. */
  readonly only?: number;
}

const COLUMNS = 'operation_id, act, telephone, action, changed, at, until, holds, evidence';
/** As the column `holds`. */
const HOLDS = 'Array(Tuple(act UInt32, until UInt32, ends UInt8))';

/** Adds the events of an act to the engine: those of one source of telephones. No telephone may be in two of them. */
export function fillSql(number: number, filling: Filling): Bound {
  const some = filling.only === undefined ? '' : `ORDER BY cityHash64(telephone) LIMIT ${filling.only}`;
  return {
    sql: `INSERT INTO hygiene_events (${COLUMNS}) ${askedSql(filling)}
      SELECT {act_operation:UInt32}, {act_number:UInt32}, telephone, decided_action, decided_changed,
        toDateTime({act_at:UInt32}, 'UTC'), until_after, after, evidence
      FROM (${decidedSql(filling)}) ${some}`,
    params: { ...paramsOf(filling), act_number: number },
  };
}

/** How many telephones an act would take: one number. The decision may not depend on the act's number. */
export function countSql(filling: Filling): Bound {
  return {
    sql: `${askedSql(filling)} SELECT count() FROM (${decidedSql(filling)}) FORMAT TSV`,
    params: paramsOf(filling),
  };
}

/** How many telephones would stand in another way after an act, and how many of them may be dialed then: one row. */
export function decidedCountsSql(filling: Filling): Bound {
  return {
    sql: `${askedSql(filling)} SELECT toUInt32(countIf(decided_changed)), toUInt32(countIf(decided_changed AND decided_action = 'restore'))
      FROM (${decidedSql(filling)})`,
    params: paramsOf(filling),
  };
}

const askedSql = ({ telephones }: Filling) => `WITH asked AS (${telephones.sql})`;

function paramsOf({ telephones, moment, params }: Filling): SqlParams {
  return { ...momentParams(moment), ...telephones.params, ...params };
}

/** The telephones that are taken, with what becomes of each. */
function decidedSql({ decision, telephones }: Filling): string {
  const { values, is_taken, action, after, changed } = decision;
  const layers = [
    ...values,
    `CAST(${after}, '${HOLDS}') AS after`,
    `arrayMax(h -> h.2, after) AS until_after`,
    `${action} AS decided_action`,
    `toUInt8(${changed}) AS decided_changed`,
  ];
  return `SELECT telephone, evidence, ${layers.join(', ')} FROM (${askedWithHolds(telephones)}) WHERE ${is_taken}`;
}

/**
 * The asked telephones, each once, with its holds. They are brought together by one aggregation, which goes on with the disk where
 * there are more than memory holds; a join would not. Holds go through it as texts, of which it is quick.
 */
function askedWithHolds({ is_cheap }: Telephones): string {
  const among = is_cheap ? 'telephone IN (SELECT telephone FROM asked)' : '1';
  return `SELECT telephone, max(wanted) AS wanted, max(evidence) AS evidence,
      CAST(if(max(held_text) = '', '[]', max(held_text)), '${HOLDS}') AS held FROM (
      SELECT telephone, toUInt32(wanted) AS wanted, evidence, 1 AS is_asked, '' AS held_text FROM asked
      UNION ALL
      SELECT telephone, toUInt32(0), '', 0, toString(holds) FROM (${lastEventsSql(among)}))
    GROUP BY telephone HAVING max(is_asked) = 1`;
}
