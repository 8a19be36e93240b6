import type { Verdict, VerdictsQuestion } from '@recuento/contract';
import type { ReportRequest } from '../reports/report.js';
import { countsByVerdict } from './counts-by-verdict.js';
import type { Judgement } from './judging/judgement.js';
import { verdictsTable } from './verdicts-table.js';

/** How many telephones have each verdict. All of them are judged. */
export async function verdictShares(
  { engine, selection: { operation_id }, budget }: ReportRequest,
  campaign: VerdictsQuestion['campaign_id'],
  judgement: Judgement,
): Promise<Record<Verdict, number>> {
  const { rows, params, settings } = verdictsTable({ operation_id, campaign }, judgement);
  const bytes = await engine.read({
    sql: `SELECT v_verdict, count() FROM (${rows}) GROUP BY v_verdict FORMAT TSV`,
    params,
    settings,
    fair_key: `operation ${operation_id}`,
    lane: 'long',
    ...budget.engine(),
  });
  const found = new Map(
    bytes
      .toString()
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([verdict, count]) => [verdict, Number(count)]),
  );
  return countsByVerdict(found);
}
