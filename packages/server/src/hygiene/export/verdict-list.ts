import type { Verdict } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import type { Judgement } from '../judging/judgement.js';
import { telephonesInParts } from '../verdicts-parts.js';
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
    parts: (start: string) =>
      telephonesInParts(request, { as_of_s, sort: 'telephone', after: start === '' ? undefined : start }),
  };
}
