import { column, type ReportDescription } from '@recuento/contract';
import { CDR_RESULT, CDR_RESULT_COLUMN, CDR_SPELLINGS, ENDED_BY_MACHINE } from './cdr-results.js';
import { orderOfAll } from './order.js';
import { readNumber, readPage } from './page.js';
import type { Report } from './report.js';
import { whereSelected } from './where.js';

const DESCRIPTION = {
  api: 'cdr_6',
  title: { en: 'Unconnected calls, by result', es: 'Llamadas no conectadas, por resultado' },
  description: {
    en: 'How many calls of the window a machine ended before anybody answered, by what ended them.',
    es: 'Cuántas llamadas de la ventana terminó una máquina sin que nadie contestara, por lo que las terminó.',
  },
  benefit: {
    en: 'Tells at a glance why people are not reached.',
    es: 'Dice de un vistazo por qué no se llega a las personas.',
  },
  columns: [CDR_RESULT_COLUMN, column('count', 'Calls that ended so.', 'Llamadas que terminaron así.')],
  is_of_all: true,
} as const satisfies ReportDescription;

/** `cdr_6`: the rows of `cdr_5` counted by result, in ascending order of its spelling; a result that no call has gets no row. */
export const cdr6: Report = {
  description: DESCRIPTION,
  reads_customers: false,
  isKey: (key) => Object.values(CDR_SPELLINGS).includes(key),
  page(asked, after, max_rows) {
    const where = whereSelected(asked.selection);
    const sql = `SELECT ended AS result, calls AS count FROM (
        SELECT ${CDR_RESULT} AS ended, count() AS calls FROM ${orderOfAll(asked.selection)} FINAL
        PREWHERE ${where.sql} WHERE ${ENDED_BY_MACHINE} GROUP BY ended
      ) WHERE ended > {after:String} ORDER BY ended LIMIT {limit:UInt32}`;
    return readPage(
      asked,
      { sql, params: where.params, settings: {}, description: DESCRIPTION },
      after,
      max_rows,
    );
  },
  count(asked) {
    const where = whereSelected(asked.selection);
    const sql = `SELECT uniqExact(result) FROM ${orderOfAll(asked.selection)} FINAL PREWHERE ${where.sql} WHERE ${ENDED_BY_MACHINE}`;
    return readNumber(asked, { sql, params: where.params, settings: {} });
  },
};
