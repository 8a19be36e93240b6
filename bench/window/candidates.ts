import { MACHINE_RECOGNITIONS } from '@recuento/contract';
import type { Question } from '../peers/questions.js';
import { type Dialect, statementOf } from '../peers/statement.js';
import type { Span, Whose } from './asked.js';
import { IDENTITY, type Order } from './orders.js';

/** A way to write the report for the engine, exact also where attempts were replaced. */
export interface Candidate {
  readonly name: string;
  readonly order: Order;
  /** Without a FORMAT clause. */
  sql(question: Question, table: string, operation_id: number): string;
  readonly settings: Readonly<Record<string, number>>;
}

const HASHED = { optimize_aggregation_in_order: 0 };
const READ_IN_ORDER = { optimize_aggregation_in_order: 1, max_final_threads: 1 };

/**
 * FINAL reads what holds and is exact by itself; a PREWHERE beside it is exact as it names columns of the key alone, which are
 * the same in all tellings of an attempt. Without FINAL, grouping by identity and taking the last telling is as exact.
 */
const KINDS = {
  'FINAL, hashed': { sql: final(''), settings: HASHED },
  'FINAL, in order': { sql: final(''), settings: READ_IN_ORDER },
  'FINAL with PREWHERE, hashed': { sql: final('PREWHERE'), settings: HASHED },
  'FINAL with PREWHERE, in order': { sql: final('PREWHERE'), settings: READ_IN_ORDER },
  'last by identity': { sql: lastByIdentity, settings: HASHED },
  'last by identity, in order': { sql: lastByIdentity, settings: READ_IN_ORDER },
} as const;

/**
 * What competes for the best bare statement. Of a month only what reads in order does: the others hold every telephone, and
 * take seconds (`npm run bench -- all` has one of them).
 */
export function candidatesOf({ same_rows }: Span, whose: Whose): readonly Candidate[] {
  const sorted: Order = whose === 'all' ? 'telephone' : 'campaign';
  const orders: readonly Order[] = same_rows ? ['time', 'telephone', 'campaign'] : [sorted];
  return orders.flatMap((order) =>
    Object.entries(KINDS).flatMap(([name, kind]) => {
      const in_order = kind.settings === READ_IN_ORDER;
      const is_final = name.startsWith('FINAL');
      const may = is_final && in_order ? order === sorted : same_rows;
      return may ? [{ name: `by ${order}, ${name}`, order, ...kind }] : [];
    }),
  );
}

function dialect(table: string, operation_id: number): Dialect {
  return {
    table,
    telephone: 'telephone',
    campaign: (campaign_id) => `campaign_id = ${campaign_id}`,
    dialed_at: 'dialed_at',
    instant: (seconds) => `toDateTime(${seconds})`,
    count: (code) => `countIf(result = '${code}')`,
    recognized: `operation_id = ${operation_id} AND result <= 'failed'`,
  };
}

function final(prewhere: '' | 'PREWHERE') {
  return (question: Question, table: string, operation_id: number): string => {
    const from = prewhere ? ` PREWHERE ${keyCondition(question, operation_id)}` : '';
    return statementOf(question, dialect(`${table} FINAL${from}`, operation_id));
  };
}

/** The highest version holds, as it does for FINAL. */
function lastByIdentity(question: Question, table: string, operation_id: number): string {
  const counts = MACHINE_RECOGNITIONS.map((code) => `countIf(result = '${code}') AS ${code}`).join(', ');
  return `SELECT telephone, count() AS total_machine_recognitions, ${counts} FROM (
      SELECT telephone, argMax(told.result, version) AS result FROM ${table} AS told
      WHERE ${keyCondition(question, operation_id)} GROUP BY ${IDENTITY}
    ) WHERE result <= 'failed' GROUP BY telephone ORDER BY telephone LIMIT ${question.limit}`;
}

function keyCondition({ campaign_id, from_s, until_s }: Question, operation_id: number): string {
  const campaign = campaign_id === undefined ? '' : ` AND campaign_id = ${campaign_id}`;
  return (
    `operation_id = ${operation_id}${campaign} AND dialed_at >= toDateTime(${from_s}) ` +
    `AND dialed_at < toDateTime(${until_s})`
  );
}
