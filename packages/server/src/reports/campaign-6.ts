import { CAMPAIGN_6 } from '@recuento/contract';
import { readNumber, readPage } from './page.js';
import type { Report } from './report.js';
import { whereSelected } from './where.js';

const DETECTED = `amd = 'machine'`;

/**
 * `campaign_6`: at how many attempts of each campaign a machine was detected, whatever the result then was. Campaigns
 * come in the order of their numbers; one at which none was detected has no row.
 */
export const campaign6: Report = {
  description: CAMPAIGN_6,
  isKey: (key) => /^\d{1,10}$/.test(key),
  page(asked, after, max_rows) {
    const where = whereSelected(asked.selection);
    const sql = `SELECT toString(number) AS campaign_id, total_amd FROM (
        SELECT campaign_id AS number, count() AS total_amd FROM attempts FINAL
        WHERE ${where.sql} AND ${DETECTED} AND campaign_id > toUInt64OrZero({after:String}) GROUP BY number
      ) ORDER BY number LIMIT {limit:UInt32}`;
    return readPage(
      asked,
      { sql, params: where.params, settings: {}, description: CAMPAIGN_6 },
      after,
      max_rows,
    );
  },
  count(asked) {
    const where = whereSelected(asked.selection);
    const sql = `SELECT uniqExact(campaign_id) FROM attempts FINAL WHERE ${where.sql} AND ${DETECTED}`;
    return readNumber(asked, { sql, params: where.params, settings: {} });
  },
};
