import { type GiveTurn, Turns } from '../../../admission/turns.js';
import { COUNTING, NEVER_S, REMOVED } from '../standing.js';
import type { Telephones } from '../telephones.js';

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
/** Bytes of one statement's list, before they are escaped, as of other lists (`telephones.ts`). */
const LIST_MAX_BYTES = 192 * 1024;
/** Telephones that are written out before others get their turn. */
const A_TURN = { items: 1_000, bytes: 64 * 1024 };

/**
 * The telephones of removed customers, in as many parts as statements need. Whether others have one is found out when the act is made:
 * of two who remove the two customers of a telephone at once, the second one puts it aside.
 *
 * @param telephones each of them once
 */
export async function ofRemoved(
  telephones: Iterable<OfRemoved>,
  campaign_id: number,
  give_turn: GiveTurn,
): Promise<Telephones[]> {
  const turns = new Turns(A_TURN, give_turn);
  const parts: Telephones[] = [];
  let part: [telephone: string, ids: string][] = [];
  let bytes = 0;
  for (const { telephone, customer_ids } of telephones) {
    if (customer_ids.length > HOLDERS_MAX) continue;
    const ids = JSON.stringify(customer_ids);
    const size = Buffer.byteLength(telephone) + Buffer.byteLength(ids) + 2; // two line ends
    if (turns.isOver(size)) await turns.give();
    if (part.length > 0 && bytes + size > LIST_MAX_BYTES) {
      parts.push(partOf(part, campaign_id));
      part = [];
      bytes = 0;
    }
    part.push([telephone, ids]);
    bytes += size;
  }
  if (part.length > 0) parts.push(partOf(part, campaign_id));
  return parts;
}

function partOf(part: readonly [telephone: string, ids: string][], campaign_id: number): Telephones {
  return {
    sql: REMOVED_SQL,
    params: {
      // They have no control characters, and JSON has none.
      act_telephones: part.map(([telephone]) => telephone).join('\n'),
      act_removed: part.map(([, ids]) => ids).join('\n'),
      act_campaign: campaign_id,
    },
    is_cheap: true,
  };
}

const idOf = (id: string) =>
  `if(length(${id}) <= ${ID_BYTES_MAX}, ${id}, concat('hash:', hex(sipHash128(${id}))))`;

const LISTED = `SELECT pair.1 AS telephone, arrayMap(id -> ${idOf('id')}, JSONExtract(pair.2, 'Array(String)')) AS named
  FROM (SELECT arrayJoin(arrayZip(splitByChar('\\n', {act_telephones:String}), splitByChar('\\n', {act_removed:String}))) AS pair)`;

/**
 * Customers of the operation who have a telephone now, one more than are remembered at most. A customer of several campaigns counts as
 * in the record that was added last.
 */
const HOLDERS = `SELECT telephone, groupUniqArray(${HOLDERS_MAX + 1})(${idOf('customer_id')}) AS holders FROM (
    SELECT arrayJoin(telephones) AS telephone, customer_id FROM customers FINAL
    PREWHERE operation_id = {act_operation:UInt32} AND (campaign_id, customer_id) IN (
      SELECT campaign_id, customer_id FROM (
        SELECT campaign_id, telephone, customer_id, delivery FROM customers_by_telephone FINAL
        PREWHERE operation_id = {act_operation:UInt32} AND telephone IN (SELECT telephone FROM listed)
        ORDER BY delivery DESC LIMIT 1 BY telephone, customer_id
      ) ORDER BY delivery DESC LIMIT ${LOOKED_AT_MAX} BY telephone
    )
  ) WHERE telephone IN (SELECT telephone FROM listed) GROUP BY telephone`;

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
const REMOVED_SQL = `WITH listed AS (${LISTED})
  SELECT telephone, wanted, evidence FROM (
    SELECT listed.telephone AS telephone, arrayDistinct(arrayConcat(before.customers, listed.named)) AS removed,
      arrayCount(id -> NOT has(removed, id), holders.holders) AS others,
      toUInt32(if((others = 0 AND length(removed) <= ${HOLDERS_MAX}) OR before.removed_until > 0, ${NEVER_S}, 0)) AS wanted,
      concat('{"campaign_id":', toString({act_campaign:UInt32}),
        ',"customers":', toJSONString(arraySlice(removed, 1, ${HOLDERS_MAX})),
        ',"other_customers":', toString(others), '}') AS evidence,
      hasAll(before.customers, listed.named) AND wanted = before.removed_until AND notEmpty(before.customers) AS is_known
    FROM listed
    LEFT JOIN (${HOLDERS}) AS holders ON holders.telephone = listed.telephone
    LEFT JOIN (${BEFORE}) AS before ON before.telephone = listed.telephone
  ) WHERE NOT is_known`;
