import { column, type ReportDescription } from '@recuento/contract';
import { CAMPAIGN_ID } from './attempt-columns.js';
import { orderOfAll } from './order.js';
import { readNumber, readPage } from './page.js';
import type { Report } from './report.js';
import { whereSelected } from './where.js';

const DESCRIPTION = {
  api: 'campaign_6',
  title: {
    en: 'Answering machine detection, totals',
    es: 'Detección de contestadores, totales',
  },
  description: {
    en: 'At how many attempts of each campaign an answering machine was detected.',
    es: 'En cuántos intentos de cada campaña se detectó un contestador.',
  },
  benefit: {
    en: 'Tells which campaigns spend their dials on machines.',
    es: 'Dice qué campañas gastan sus marcaciones en máquinas.',
  },
  columns: [
    CAMPAIGN_ID,
    column(
      'total_amd',
      'Attempts in the window at which a machine was detected.',
      'Intentos de la ventana en los que se detectó una máquina.',
    ),
  ],
} as const satisfies ReportDescription;

const DETECTED = `amd = 'machine'`;

/**
 * `campaign_6`: at how many attempts of each campaign a machine was detected, whatever the result then was. Campaigns come in the
 * order of their numbers; a campaign without a detection has no row.
 */
export const campaign6: Report = {
  description: DESCRIPTION,
  reads_customers: false,
  isKey: (key) => /^\d{1,10}$/.test(key),
  page(asked, after, max_rows) {
    const where = whereSelected(asked.selection);
    const sql = `SELECT toString(number) AS campaign_id, total_amd FROM (
        SELECT campaign_id AS number, count() AS total_amd FROM ${orderOfAll(asked.selection)} FINAL
        PREWHERE ${where.sql} WHERE ${DETECTED} AND campaign_id > toUInt64OrZero({after:String}) GROUP BY number
      ) ORDER BY number LIMIT {limit:UInt32}`;
    return readPage(
      asked,
      { sql, params: where.params, settings: {}, description: DESCRIPTION },
      after,
      max_rows,
    );
  },
  count(asked) {
    const where = whereSelected(asked.selection);
    const sql = `SELECT uniqExact(campaign_id) FROM ${orderOfAll(asked.selection)} FINAL PREWHERE ${where.sql} WHERE ${DETECTED}`;
    return readNumber(asked, { sql, params: where.params, settings: {} });
  },
};
