import type { BacktestDocument } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import { REACHES_PERSON } from '../attempt-kinds.js';
import { readRows } from './read-rows.js';
import { ofCampaigns, type RuleThen } from './rule-then.js';

/** What came after the moment in the rule's campaigns, of all telephones: dials, and lines on which a person was reached. */
export async function totalsAfter(
  asked: ReportRequest,
  then: RuleThen,
  until_s: number,
): Promise<Pick<BacktestDocument, 'dials_after' | 'people_reached_after'>> {
  const { lines } = then.judged.judgement;
  const table = then.rule.campaign_id === 'all' ? 'held_by_time' : 'held_by_campaign';
  const [row = {}] = await readRows(asked, {
    sql: `SELECT count() AS dials, uniqExactIf(${lines.line}, ${REACHES_PERSON}) AS people FROM ${table} FINAL
      PREWHERE operation_id = {operation_id:UInt32} AND dialed_at > toDateTime({as_of:UInt32})
        AND dialed_at <= toDateTime({until:UInt32}) AND ${ofCampaigns(then)}`,
    params: {
      ...lines.params,
      operation_id: then.operation_id,
      as_of: then.as_of_s,
      until: until_s,
      ...(then.rule.campaign_id !== 'all' && { campaign_id: then.rule.campaign_id }),
    },
    settings: {},
  });
  return { dials_after: Number(row.dials), people_reached_after: Number(row.people) };
}
