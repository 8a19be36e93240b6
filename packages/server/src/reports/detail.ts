import type { ReportDescription } from '@recuento/contract';
import { z } from 'zod';
import type { SqlParams } from '../attempts/engine/engine.js';
import { withCustomers } from './customers.js';
import { IN_ORDER, orderOfAll } from './order.js';
import { firstColumn, readNumber, readRows } from './page.js';
import type { Report } from './report.js';
import { lastRow, withoutLastRow } from './rows.js';
import { whereSelected } from './where.js';

/**
 * What a column says of an attempt: an SQL expression of its own columns, of type String. Where the attempt has no `customer_id`,
 * or lacks a field of `record`, they are taken from the operation's customer, if there is one.
 */
export type Expressions<Description extends ReportDescription> = Readonly<
  Record<Description['columns'][number]['name'], string>
>;

/** A time of the attempt as a clock of the operation shows it. */
export const WALL_TIME = `formatDateTime(dialed_at, '%Y-%m-%d %H:%i:%S', {time_zone:String})`;

/** Where an attempt is in the order of campaign, telephone, time and a hash of its id: four texts, as JSON. */
const KEY =
  'toJSONString([toString(campaign_id), telephone, toString(toUnixTimestamp(dialed_at)), toString(attempt_hash)])';
const below = (bound: bigint) =>
  z
    .string()
    .regex(/^\d{1,20}$/, { abort: true })
    .refine((digits) => BigInt(digits) < bound);
const keySchema = z.tuple([below(2n ** 32n), z.string(), below(2n ** 32n), below(2n ** 64n)]);

/** Columns of an attempt that a report may use, beside its record. */
const COLUMNS = [
  'campaign_id',
  'telephone',
  'dialed_at',
  'attempt_hash',
  'attempt_id',
  'customer_id',
  'result',
  'amd',
];

const FROM_KEY = `campaign_id >= {campaign_from:UInt32}
  AND (campaign_id > {campaign_from:UInt32} OR telephone >= {telephone_from:String})
  AND (campaign_id, telephone, dialed_at, attempt_hash) >=
    ({campaign_from:UInt32}, {telephone_from:String}, toDateTime({dialed_from:UInt32}, 'UTC'), {hash_from:UInt64})`;

/**
 * For each attempt, the row that holds among all its rows in `told`, in the order of `told`. It comes in one stream, whose order
 * a SELECT around it keeps.
 */
const holding = (where: string) => `SELECT * FROM told FINAL PREWHERE ${where}
  ORDER BY operation_id, campaign_id, telephone, dialed_at, attempt_hash, version DESC
  LIMIT 1 BY operation_id, campaign_id, telephone, dialed_at, attempt_hash`;

/**
 * Reports with a row for each attempt, in the order in which the store keeps them: by campaign, telephone and time. So a
 * page is read from where it starts to its end, and nothing else.
 */
export function detail<Description extends ReportDescription>(
  description: Description,
  expressions: Expressions<Description>,
  condition = '1',
): Report {
  const names: readonly (keyof Expressions<Description>)[] = description.columns.map(({ name }) => name);
  // Names of their own, as the engine would take the report's names for the attempt's columns.
  const inner = names.map((name, at) => `${expressions[name]} AS column_${at}`).join(', ');
  // A page's cursor is the key of the next page's first row. That row is read to see whether there is a next page, and is
  // not sent: so its key comes in its first column.
  const outer = names
    .map((name, at) => {
      const value =
        at === 0 ? `if(rowNumberInAllBlocks() = {max_rows:UInt32}, key, column_0)` : `column_${at}`;
      return `${value} AS ${String(name)}`;
    })
    .join(', ');
  return {
    description,
    reads_customers: true,
    isKey: (key) => keySchema.safeParse(parsed(key)).success,
    async page(asked, from, max_rows) {
      const where = whereSelected(asked.selection);
      const attempts = (columns: readonly string[]) =>
        `SELECT ${columns.join(', ')} FROM (${holding(`${where.sql} AND ${FROM_KEY}`)})
        WHERE ${condition} LIMIT {limit:UInt32}`;
      const { time_zone, has_customers } = asked.selection;
      const rows = has_customers
        ? `SELECT ${KEY} AS key, ${inner} FROM (${withCustomers(attempts, COLUMNS)})`
        : attempts([`${KEY} AS key`, inner]);
      const sql = `SELECT ${outer} FROM (${rows})`;
      const params = { ...where.params, ...startOf(from), time_zone, max_rows };
      const statement = { sql, params, settings: IN_ORDER, description };
      const found = await readRows(asked, statement, max_rows);
      if (found.count <= max_rows) return found;
      return { ...withoutLastRow(found), next: firstColumn(lastRow(found)) };
    },
    count(asked) {
      const where = whereSelected(asked.selection);
      const sql = `SELECT count() FROM ${orderOfAll(asked.selection)} FINAL PREWHERE ${where.sql} WHERE ${condition}`;
      return readNumber(asked, { sql, params: where.params, settings: {} });
    },
  };
}

/** @param from `''`, or a key of these reports */
function startOf(from: string): SqlParams {
  if (from === '') return { campaign_from: 0, telephone_from: '', dialed_from: 0, hash_from: 0 };
  const [campaign_from, telephone_from, dialed_from, hash_from] = keySchema.parse(parsed(from));
  return { campaign_from, telephone_from, dialed_from, hash_from };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
