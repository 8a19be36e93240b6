import type { GiveTurn } from '../../../admission/turns.js';
import { type LineSql, lineSql } from '../../spellings/line-sql.js';
import type { NumberPlan } from '../../spellings/number-plan.js';
import { inParts } from '../parts.js';
import { COUNTING, NEVER_S, REMOVED } from '../standing.js';
import { otherSpellings, type Telephones } from '../telephones.js';

/** A telephone, and which customers who have it are removed. */
export interface OfRemoved {
  readonly telephone: string;
  readonly customer_ids: readonly string[];
}

/**
 * A telephone of more customers than that is a switchboard, or a placeholder: removing customers does not put it aside. A household has
 * a few. So what is remembered of a telephone is short, too.
 */
export const HOLDERS_MAX = 20;
/** How many of the customers who ever had a telephone are looked at, the last added first, as reports do. */
const LOOKED_AT_MAX = 100;
/** Longer ids are remembered by a hash: they are for telling customers apart. */
const ID_BYTES_MAX = 64;
/**
 * The telephones of removed customers, in as many parts as statements need. Whether others have one is found out when the act is made:
 * of two who remove the two customers of a telephone at once, the second one puts it aside.
 *
 * @param telephones each of them once
 * @param plan how telephones are brought to lines: who has one spelling has all of them
 */
export async function ofRemoved(
  telephones: Iterable<OfRemoved>,
  campaign_id: number,
  plan: NumberPlan | undefined,
  give_turn: GiveTurn,
): Promise<Telephones[]> {
  const bytesOf = ({ telephone, ids }: Named) => Buffer.byteLength(telephone) + Buffer.byteLength(ids) + 2; // two line ends
  const lines = lineSql(plan);
  const parts = await inParts(namedIn(telephones), plan, bytesOf, give_turn);
  return parts.map((part) => partOf(part, campaign_id, lines));
}

/** A telephone, and its removed customers as JSON. */
interface Named {
  readonly telephone: string;
  readonly ids: string;
}

function* namedIn(telephones: Iterable<OfRemoved>): Generator<Named> {
  for (const { telephone, customer_ids } of telephones) {
    if (customer_ids.length <= HOLDERS_MAX) yield { telephone, ids: JSON.stringify(customer_ids) };
  }
}

function partOf(part: readonly Named[], campaign_id: number, lines: LineSql): Telephones {
  return {
    sql: removedSql(lines),
    params: {
      ...lines.params,
      // They have no control characters, and JSON has none.
      act_telephones: part.map(({ telephone }) => telephone).join('\n'),
      act_removed: part.map(({ ids }) => ids).join('\n'),
      act_campaign: campaign_id,
    },
    is_cheap: true,
  };
}

const idOf = (id: string) =>
  `if(length(${id}) <= ${ID_BYTES_MAX}, ${id}, concat('hash:', hex(sipHash128(${id}))))`;

const NAMED = `SELECT pair.1 AS telephone, arrayMap(id -> ${idOf('id')}, JSONExtract(pair.2, 'Array(String)')) AS named
  FROM (SELECT arrayJoin(arrayZip(splitByChar('\\n', {act_telephones:String}), splitByChar('\\n', {act_removed:String}))) AS pair)`;

/** With the other spellings of the same lines: whoever is named of one is named of all. */
const listedSql = (lines: LineSql) => `SELECT telephone, ${lines.line} AS line, named FROM (
    SELECT telephone, groupUniqArrayArray(named) AS named
    FROM (${NAMED} ${lines.are_merged ? `UNION ALL ${otherSpellings(NAMED, lines, 'named')}` : ''}) GROUP BY telephone)`;

/**
 * Customers of the operation who have a line now, one more than are remembered at most. A customer of several campaigns counts as
 * in the record that was added last.
 */
const holdersSql = ({
  line,
  isSpellingOf,
}: LineSql) => `SELECT ${line} AS held_line, groupUniqArray(${HOLDERS_MAX + 1})(${idOf('customer_id')}) AS holders FROM (
    SELECT arrayJoin(telephones) AS telephone, customer_id FROM customers FINAL
    PREWHERE operation_id = {act_operation:UInt32} AND (campaign_id, customer_id) IN (
      SELECT campaign_id, customer_id FROM (
        SELECT campaign_id, telephone, customer_id, delivery FROM customers_by_telephone FINAL
        PREWHERE operation_id = {act_operation:UInt32} AND ${isSpellingOf('SELECT telephone FROM listed')}
        ORDER BY delivery DESC LIMIT 1 BY telephone, customer_id
      ) ORDER BY delivery DESC LIMIT ${LOOKED_AT_MAX} BY telephone
    )
  ) GROUP BY held_line HAVING held_line IN (SELECT line FROM listed)`;

/** Who was removed before, as the event of the removal's act says. */
const BEFORE = `SELECT telephone, removal.2 AS removed_until,
    JSONExtract(arrayFirst(e -> e.1 = removal.1, said).2, 'customers', 'Array(String)') AS customers
  FROM (
    SELECT telephone, arrayFirst(h -> h.3 = ${REMOVED}, argMax(holds, act)) AS removal,
      groupArrayIf((act, evidence), evidence != '') AS said
    FROM hygiene_events_by_telephone WHERE ${COUNTING} AND telephone IN (SELECT telephone FROM listed) GROUP BY telephone
  )`;

/**
 * A telephone is put aside when all who have it are removed, and stays so. What would change nothing is left out, so that a call that
 * is sent again leaves no trace.
 */
const removedSql = (lines: LineSql) => `WITH listed AS (${listedSql(lines)})
  SELECT telephone, wanted, evidence FROM (
    SELECT listed.telephone AS telephone, arrayDistinct(arrayConcat(before.customers, listed.named)) AS removed,
      arrayCount(id -> NOT has(removed, id), holders.holders) AS others,
      toUInt32(if((others = 0 AND length(removed) <= ${HOLDERS_MAX}) OR before.removed_until > 0, ${NEVER_S}, 0)) AS wanted,
      concat('{"campaign_id":', toString({act_campaign:UInt32}),
        ',"customers":', toJSONString(arraySlice(removed, 1, ${HOLDERS_MAX})),
        ',"other_customers":', toString(others), '}') AS evidence,
      hasAll(before.customers, listed.named) AND wanted = before.removed_until AND notEmpty(before.customers) AS is_known
    FROM listed
    LEFT JOIN (${holdersSql(lines)}) AS holders ON holders.held_line = listed.line
    LEFT JOIN (${BEFORE}) AS before ON before.telephone = listed.telephone
  ) WHERE NOT is_known`;
