import type { MachineCode, RecallField } from '@recuento/contract';
import type { SqlParams } from '../../../attempts/engine/engine.js';
import { lastResultsSql } from './last-results.js';

/** Customers of a campaign who are meant: those whose field has a value, and of an upload's ids those with a last result. */
export interface Matching {
  readonly campaign_id: number;
  readonly condition: Condition | undefined;
}

export type Condition =
  | { readonly field: 'result'; readonly code: MachineCode }
  | { readonly field: Exclude<RecallField, 'result'>; readonly value: string };

/**
 * A SELECT of `customer_id` and `telephones` of these customers, as they were added last. It uses `{act_operation}`, which every
 * statement of the quarantine has.
 *
 * @param and one more condition on `customer_id`, a column of the key
 */
export function customersSql({ condition }: Matching, and = '1'): string {
  return `SELECT customer_id, telephones FROM customers FINAL
    PREWHERE operation_id = {act_operation:UInt32} AND campaign_id = {record_campaign:UInt32} AND ${and}
    WHERE ${conditionSql(condition)}`;
}

function conditionSql(condition: Condition | undefined): string {
  switch (condition?.field) {
    case undefined:
      return '1';
    case 'result':
      return `customer_id IN (SELECT customer_id FROM (${lastResultsSql()}) WHERE result = {record_value:String})`;
    case 'customer_id':
      return 'customer_id = {record_value:String}';
    default:
      // Free text is kept with the blanks around it.
      return 'trimBoth(fields[{record_field:String}]) = {record_value:String}';
  }
}

/** The values of `customersSql`, `act_operation` aside. */
export function matchingParams({ campaign_id, condition }: Matching): SqlParams {
  if (condition === undefined) return { record_campaign: campaign_id };
  if (condition.field === 'result') return { record_campaign: campaign_id, record_value: condition.code };
  const { field, value } = condition;
  return { record_campaign: campaign_id, record_field: field, record_value: value };
}
