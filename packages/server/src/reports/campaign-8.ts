import {
  column,
  FIELD_LIMITS,
  MACHINE_RECOGNITIONS,
  type ReportDescription,
  textFault,
} from '@recuento/contract';
import { TELEPHONE } from './attempt-columns.js';
import { orderFor } from './order.js';
import { readNumber, readPage } from './page.js';
import type { Report } from './report.js';
import { whereSelected } from './where.js';

const DESCRIPTION = {
  api: 'campaign_8',
  title: {
    en: 'Machine codes grouped by telephone and result',
    es: 'Códigos de máquina agrupados por teléfono y resultados',
  },
  description: {
    en: 'How often each telephone was dialed without reaching anybody, and how each of those attempts ended.',
    es: 'Cuántas veces se marcó cada teléfono sin contactar a nadie, y cómo terminó cada uno de esos intentos.',
  },
  benefit: {
    en: 'Shows the numbers that cost dials and never answer, so that they can be taken off the list.',
    es: 'Muestra los números que gastan marcaciones y nunca contestan, para retirarlos de la lista.',
  },
  columns: [
    TELEPHONE,
    column(
      'total_machine_recognitions',
      'Sum of the five columns that follow.',
      'Suma de las cinco columnas que siguen.',
    ),
    column('no_answer', 'Attempts that nobody answered.', 'Intentos que nadie contestó.'),
    column('answer_machine', 'Attempts that a machine answered.', 'Intentos que contestó una máquina.'),
    column('busy', 'Attempts that found the line busy.', 'Intentos con la línea ocupada.'),
    column('congestion', 'Attempts that found no free circuit.', 'Intentos con la red congestionada.'),
    column('failed', 'Attempts that could not be dialed.', 'Intentos que no se pudieron marcar.'),
  ],
} as const satisfies ReportDescription;

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
  description: DESCRIPTION,
  reads_customers: false,
  isKey: (key) => textFault(key, FIELD_LIMITS.telephone_chars) === undefined,
  async page(asked, after, max_rows) {
    const where = whereSelected(asked.selection);
    const { table, settings } = await orderFor(asked, max_rows);
    const sql = `SELECT telephone, count() AS total_machine_recognitions, ${COLUMNS}
      FROM ${table} FINAL PREWHERE ${where.sql} AND telephone > {after:String} WHERE ${RECOGNIZED}
      GROUP BY telephone ORDER BY telephone LIMIT {limit:UInt32}`;
    return readPage(
      asked,
      { sql, params: where.params, settings, description: DESCRIPTION },
      after,
      max_rows,
    );
  },
  async count(asked) {
    const where = whereSelected(asked.selection);
    // Grouped in order too, where it is read in order: telephones are counted as their groups close, and none is kept in memory.
    const { table, settings } = await orderFor(asked);
    const sql = `SELECT count() FROM (
        SELECT telephone FROM ${table} FINAL PREWHERE ${where.sql} WHERE ${RECOGNIZED} GROUP BY telephone
      )`;
    return readNumber(asked, { sql, params: where.params, settings });
  },
};
