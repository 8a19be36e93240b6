import { MACHINE_CODES_COLUMNS, MACHINE_RECOGNITIONS, type MachineCodesQuestion } from '@recuento/contract';
import type { SqlParams, SqlValue } from '../../attempts/engine/engine.js';
import { type Order, orderOfTelephones } from '../order.js';
import type { Selection } from '../selection.js';
import { whereSelected } from '../where.js';
import { orderOf, sortOf } from './place.js';
import type { Table } from './table.js';

/** Which telephones, and in which order. */
export type MachineCodesAsked = Pick<
  MachineCodesQuestion,
  | 'min_total'
  | 'min_dialed'
  | 'max_answered'
  | 'last_result'
  | 'telephone_prefix'
  | 'telephone_suffix'
  | 'sort'
>;

/** Of an attempt: that it is a machine recognition. The schema numbers these five first, then `answer`, then the rest. */
export const RECOGNIZED = "result <= 'failed'";

const VALUES = [
  'telephone AS v_telephone',
  `toUInt32(countIf(${RECOGNIZED})) AS v_total_machine_recognitions`,
  ...MACHINE_RECOGNITIONS.map((code) => `toUInt32(countIf(result = '${code}')) AS v_${code}`),
  'toUInt32(count()) AS v_dialed_total',
  "toUInt32(countIf(result = 'answer')) AS v_answered",
  "toUInt32(countIf(result > 'answer')) AS v_other",
  'min(dialed_at) AS v_first_dialed_at',
  'max(dialed_at) AS v_last_dialed_at',
  // The same order as in the store, for one campaign and for all. Of one id that two campaigns dialed in the same second, the
  // higher campaign's attempt is the last.
  'argMax(result, (dialed_at, attempt_hash, campaign_id)) AS v_last_result',
].join(', ');

const FILTERS = {
  min_total: 'v_total_machine_recognitions >= {min_total:UInt32}',
  min_dialed: 'v_dialed_total >= {min_dialed:UInt32}',
  max_answered: 'v_answered <= {max_answered:UInt32}',
  last_result: 'toString(v_last_result) = {last_result:String}',
} as const;

/** A condition on columns of the key, which are the same in all rows of an attempt. */
export interface Condition {
  readonly sql: string;
  readonly params: SqlParams;
}

/**
 * `GET /v1/machine-codes`: a row a telephone with at least one machine recognition.
 *
 * @param only restricts the telephones further
 */
export function machineCodesTable(
  selection: Selection,
  asked: MachineCodesAsked,
  { table, settings }: Order = orderOfTelephones(selection),
  only?: Condition,
): Table {
  const condition = conditionOf(selection, asked, only);
  const having = ['v_total_machine_recognitions > 0'];
  const params: Record<string, SqlValue> = { ...condition.params };
  for (const [name, sql] of Object.entries(FILTERS)) {
    const value = asked[name as keyof typeof FILTERS];
    if (value === undefined) continue;
    params[name] = value;
    having.push(sql);
  }
  return {
    columns: MACHINE_CODES_COLUMNS,
    rows: `SELECT ${VALUES} FROM ${table} FINAL
      PREWHERE ${condition.sql} GROUP BY telephone HAVING ${having.join(' AND ')}`,
    order: orderOf(sortOf(asked.sort)),
    instantText: (value) => `formatDateTime(${value}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`,
    params,
    settings,
  };
}

/** The conditions on the attempts themselves, by columns of the key alone. */
export function conditionOf(selection: Selection, asked: MachineCodesAsked, only?: Condition): Condition {
  const { telephone_prefix: prefix, telephone_suffix: suffix } = asked;
  const conditions: Condition[] = [whereSelected(selection)];
  if (prefix !== undefined)
    conditions.push({ sql: 'startsWith(telephone, {prefix:String})', params: { prefix } });
  if (suffix !== undefined)
    conditions.push({ sql: 'endsWith(telephone, {suffix:String})', params: { suffix } });
  if (only) conditions.push(only);
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    params: Object.assign({}, ...conditions.map(({ params }) => params)),
  };
}

/** Whether there is a condition on a telephone's counts or last result. */
export function hasFilters(asked: MachineCodesAsked): boolean {
  return Object.keys(FILTERS).some((name) => asked[name as keyof typeof FILTERS] !== undefined);
}
