import { CAMPAIGN_4 } from '@recuento/contract';
import { byResult } from './by-result.js';
import { tableFor, whereSelected } from './where.js';

/** `campaign_4`: machine codes, attempt by attempt. */
export const campaign4 = byResult(CAMPAIGN_4, (selection) => {
  const where = whereSelected(selection);
  return {
    sql: `SELECT result AS code FROM ${tableFor(selection)} FINAL WHERE ${where.sql}`,
    params: where.params,
  };
});
