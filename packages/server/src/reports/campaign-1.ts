import { CAMPAIGN_1 } from '@recuento/contract';
import { byResult } from './by-result.js';
import { whereSelected } from './where.js';

/**
 * `campaign_1`: machine codes, final result. A record is a customer of a campaign, by the customer's id, or the telephone
 * where attempts do not tell it; its result is that of its last attempt in the window. Of attempts in the same second the
 * one with the higher attempt_id is the last.
 */
export const campaign1 = byResult(CAMPAIGN_1, (selection) => {
  const where = whereSelected(selection);
  return {
    sql: `SELECT argMax(result, (dialed_at, attempt_id, telephone)) AS code FROM attempts FINAL WHERE ${where.sql}
      GROUP BY campaign_id, customer_id, if(customer_id = '', telephone, '')`,
    params: where.params,
  };
});
