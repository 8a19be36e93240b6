import type { SqlParams } from '../../../attempts/engine/engine.js';
import { IN_ORDER } from '../../../reports/order.js';
import type { ReportRequest } from '../../../reports/report.js';
import { laneOf } from '../../../reports/where.js';
import type { LineSql } from '../../spellings/line-sql.js';
import type { TelephoneList } from '../telephone-list.js';

/** Ids that the text cannot have: a comma would make two of one, and the others would break the JSON that it is put into. */
const UNFIT = '[",\\\\]';

/** Customers that are looked at in one statement, with up to eleven telephones each. */
const PART = 10_000;

/** A page of ids of customers. */
export interface CustomerIdsPage {
  /** With commas between them. */
  readonly ids: string;
  readonly left_out: number;
  /** The last id, left out or not, where there are more after it. */
  readonly next: string | undefined;
}

interface Asked {
  readonly campaign_id: number;
  /** The id before the page; `''` to start. */
  readonly after: string;
  readonly limit: number;
  /** A list mostly has a line as it was dialed, with a prefix, and its customer as he was added. */
  readonly lines: LineSql;
}

/**
 * The next customers of a campaign all of whose telephones have their lines in a list. Who has one that is not, or none at all, is not
 * among them: removing a customer loses all of his telephones. Customers are looked up part by part, so a page costs what it passes over.
 */
export async function customerIdsPage(
  request: ReportRequest,
  list: TelephoneList,
  { campaign_id, after, limit, lines }: Asked,
): Promise<CustomerIdsPage> {
  const found: string[] = [];
  let left_out = 0;
  let missing = limit;
  for (let from = after; ; ) {
    const part = await nextPart(request, campaign_id, from);
    if (part === undefined) return { ids: found.join(','), left_out, next: undefined };
    const asked = { campaign_id, after: from, last: part.last, limit: missing, lines };
    const ids = await idsIn(request, list, asked);
    if (ids.text !== '') found.push(ids.text);
    left_out += ids.left_out;
    missing -= ids.count;
    if (ids.are_more) return { ids: found.join(','), left_out, next: ids.last };
    if (missing === 0 && part.are_more) return { ids: found.join(','), left_out, next: part.last };
    if (!part.are_more) return { ids: found.join(','), left_out, next: undefined };
    from = part.last;
  }
}

const OF_CAMPAIGN = 'operation_id = {operation_id:UInt32} AND campaign_id = {campaign_id:UInt32}';

async function nextPart(
  request: ReportRequest,
  campaign_id: number,
  after: string,
): Promise<{ last: string; are_more: boolean } | undefined> {
  const [count, last, last_but_one] = await readRow<[number, string, string]>(
    request,
    `SELECT count(), arrayElement(groupArray(customer_id) AS ids, -1), arrayElement(ids, -2) FROM (
      SELECT customer_id FROM customers WHERE ${OF_CAMPAIGN} AND customer_id > {after:String}
      GROUP BY customer_id ORDER BY customer_id LIMIT ${PART + 1})`,
    { campaign_id, after },
  );
  if (count === 0) return undefined;
  return count > PART ? { last: last_but_one, are_more: true } : { last, are_more: false };
}

interface Part extends Asked {
  readonly last: string;
}

async function idsIn(
  request: ReportRequest,
  list: TelephoneList,
  { campaign_id, after, last, limit, lines: { line, isSpellingOf, params } }: Part,
) {
  const customers = `SELECT customer_id, arrayJoin(telephones) AS telephone FROM customers FINAL
    PREWHERE ${OF_CAMPAIGN} AND customer_id > {after_id:String} AND customer_id <= {last_id:String}`;
  const listed = list.select('telephone', {
    sql: isSpellingOf(`SELECT telephone FROM (${customers})`),
    params: { ...params, campaign_id, after_id: after, last_id: last },
  });
  const [count, text, left_out, at] = await readRow<[number, string, number, string]>(
    request,
    `SELECT length(arraySort(groupArray(customer_id)) AS ids), arrayStringConcat(arrayFilter(id -> NOT match(id, {unfit:String}),
        arraySlice(ids, 1, {limit:UInt32}) AS page) AS fit, ','), length(page) - length(fit), page[-1] FROM (
      SELECT customer_id FROM (SELECT customer_id, ${line} IN (SELECT ${line} FROM (${listed.sql})) AS is_listed FROM (${customers}))
      GROUP BY customer_id HAVING min(is_listed) = 1 ORDER BY customer_id LIMIT {limit:UInt32} + 1)`,
    { ...listed.params, limit, unfit: UNFIT },
  );
  return { count: Math.min(count, limit), text, left_out, last: at, are_more: count > limit };
}

/** The only row of a statement. */
async function readRow<Row>(
  { engine, selection, budget }: ReportRequest,
  sql: string,
  params: SqlParams,
): Promise<Row> {
  const bytes = await engine.read({
    sql: `${sql} FORMAT JSONCompactEachRow`,
    params: { ...params, operation_id: selection.operation_id },
    settings: { ...IN_ORDER, output_format_json_quote_64bit_integers: 0 },
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  const row: Row = JSON.parse(bytes.toString());
  return row;
}
