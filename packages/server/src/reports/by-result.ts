import { MACHINE_CODES, RESULT_NAMES, RESULT_SPELLINGS, type ReportDescription } from '@recuento/contract';
import type { EngineSettings, SqlParams } from '../attempts/engine/engine.js';
import { readNumber, readPage } from './page.js';
import type { Report } from './report.js';
import type { Selection } from './selection.js';

/** What a report by result counts: a SELECT of a column `code`, with a row for each thing that is counted. */
export interface Counted {
  readonly sql: string;
  readonly params: SqlParams;
  readonly settings?: EngineSettings;
}

const list = (texts: readonly string[]) => `[${texts.map((text) => `'${text}'`).join(', ')}]`;

/** A machine code as the vendor spells it. */
export const spelled = (code: string) =>
  `transform(toString(${code}), ${list(MACHINE_CODES)}, ${list(MACHINE_CODES.map((one) => RESULT_SPELLINGS[one]))})`;

/**
 * Reports with a row for each result that occurs, in ascending order of its spelling: how many, and their percentage (`28.81 %`),
 * always of the whole report and not of the page.
 */
export function byResult(description: ReportDescription, counted: (selection: Selection) => Counted): Report {
  return {
    description,
    reads_customers: false,
    isKey: (key) => RESULT_NAMES.includes(key),
    page(asked, after, max_rows) {
      const { sql: codes, params, settings = {} } = counted(asked.selection);
      const sql = `SELECT result, records, percent FROM (
          SELECT ${spelled('code')} AS result, records,
            concat(toDecimalString(100 * records / sum(records) OVER (), 2), ' %') AS percent
          FROM (SELECT code, count() AS records FROM (${codes}) GROUP BY code)
        ) WHERE result > {after:String} ORDER BY result LIMIT {limit:UInt32}`;
      return readPage(asked, { sql, params, settings, description }, after, max_rows);
    },
    count(asked) {
      const { sql: codes, params, settings = {} } = counted(asked.selection);
      return readNumber(asked, { sql: `SELECT uniqExact(code) FROM (${codes})`, params, settings });
    },
  };
}
