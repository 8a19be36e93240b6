import type { Verdict } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import type { Judgement } from '../judging/judgement.js';
import { telephonesAfter } from '../telephones-after.js';
import { type Only, verdictsTable } from '../verdicts-table.js';
import type { TelephoneList } from './telephone-list.js';

/** Telephones with one of some verdicts at a moment. */
export interface WithVerdict {
  readonly verdicts: readonly Verdict[];
  readonly judgement: Judgement;
  /** Seconds since 1970 UTC, of the judgement. */
  readonly as_of_s: number;
  /** For how many days each shall be blocked. */
  readonly days_block: number;
}

/** Telephones that are judged at once while a page is not full: at first, and at most. */
const FIRST_PART = 10_000;
const LAST_PART = 128_000;

/** A condition on the values of the verdicts' table. */
export function hasOneOf(verdicts: readonly Verdict[]): Only {
  return { sql: 'has({verdicts:Array(String)}, toString(v_verdict))', params: { verdicts } };
}

/** The telephones with one of the verdicts, of the request's campaigns. */
export function verdictList(
  request: ReportRequest,
  { verdicts, judgement, as_of_s, days_block }: WithVerdict,
): TelephoneList {
  const { operation_id, campaign } = request.selection;
  return {
    select(columns: string, only: Only) {
      const { rows, order, params, settings } = verdictsTable(
        { operation_id, campaign, behind: hasOneOf(verdicts), only },
        judgement,
      );
      return {
        sql: `SELECT ${columns} FROM (SELECT v_telephone AS telephone, v_telephone, {days_block:UInt16} AS days_block FROM (${rows}))
          ORDER BY ${order}`,
        params: { ...params, days_block },
        settings,
      };
    },
    async *parts(start: string) {
      let after = start === '' ? undefined : start;
      for (let count = FIRST_PART; ; count = Math.min(LAST_PART, 2 * count)) {
        const part = { after, sort: 'telephone', count, as_of_s };
        const { last, are_more } = await telephonesAfter(request, part);
        if (last === undefined) return;
        yield between(after ?? '', last);
        if (!are_more) return;
        after = last;
      }
    },
  };
}

function between(after: string, last: string): Only {
  return { sql: 'telephone > {after:String} AND telephone <= {last:String}', params: { after, last } };
}
