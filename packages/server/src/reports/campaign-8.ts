import { CAMPAIGN_8, FIELD_LIMITS, MACHINE_RECOGNITIONS, textFault } from '@recuento/contract';
import { readNumber, readPage } from './page.js';
import type { Report } from './report.js';
import { IN_ORDER, tableFor, whereSelected } from './where.js';

const COLUMNS = MACHINE_RECOGNITIONS.map((code) => `countIf(result = '${code}') AS ${code}`).join(', ');

// "One of the five": the schema numbers them first.
const RECOGNIZED = `result <= 'failed'`;

/**
 * `campaign_8`: machine codes grouped by telephone and result (seed page, report 8).
 *
 * A telephone has a row when it has at least one machine recognition in the window; the total is the sum of the five
 * columns. Rows come in ascending byte order of telephone. `all` still has one row a telephone.
 */
export const campaign8: Report = {
  description: CAMPAIGN_8,
  isKey: (key) => textFault(key, FIELD_LIMITS.telephone_chars) === undefined,
  page(asked, after, max_rows) {
    const where = whereSelected(asked.selection);
    const sql = `SELECT telephone, count() AS total_machine_recognitions, ${COLUMNS}
      FROM ${tableFor(asked.selection)} FINAL
      WHERE ${where.sql} AND telephone > {after:String} AND ${RECOGNIZED}
      GROUP BY telephone ORDER BY telephone LIMIT {limit:UInt32}`;
    return readPage(
      asked,
      { sql, params: where.params, settings: IN_ORDER, description: CAMPAIGN_8 },
      after,
      max_rows,
    );
  },
  count(asked) {
    const where = whereSelected(asked.selection);
    // In order as well: telephones are counted as they close, and none is kept in memory.
    const sql = `SELECT count() FROM (
        SELECT telephone FROM ${tableFor(asked.selection)} FINAL WHERE ${where.sql} AND ${RECOGNIZED} GROUP BY telephone
      )`;
    return readNumber(asked, { sql, params: where.params, settings: IN_ORDER });
  },
};
