import { HYGIENE_LIMITS, type PreviewDocument } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import { countsByVerdict } from '../counts-by-verdict.js';
import type { Moment } from '../quarantine/standing.js';
import { orderOfFigures } from './order-of-rules.js';
import { readRows } from './read-rows.js';
import { knownThen, type RuleThen } from './rule-then.js';
import { sampleOf } from './sample.js';
import { summedOf } from './sum-map.js';
import { linesSql } from './telephones.js';

/**
 * What a rule takes at its moment. Two engine queries: one pass over the attempts, and the rows of the sample.
 *
 * @param asked of all campaigns, up to the moment
 * @param moment which acts of the quarantine count, for the sample
 */
export async function preview(
  asked: ReportRequest,
  then: RuleThen,
  moment?: Moment,
): Promise<PreviewDocument> {
  const { table, settings } = await orderOfFigures(asked);
  const lines = linesSql(then, table, {
    until_s: then.as_of_s,
    aggregates: [`groupUniqArrayIf(campaign_id, ${knownThen(then)}) AS campaigns`],
    values: [],
    params: {},
  });
  const [row = {}] = await readRows(asked, {
    sql: `SELECT count() AS telephones_taken,
        sumMap([v_verdict], [toUInt64(1)]) AS verdicts,
        sumMap(campaigns, arrayMap(campaign -> toUInt64(1), campaigns)) AS of_campaigns,
        groupArraySorted(${HYGIENE_LIMITS.sample_rows})(taken_telephone) AS sample
      FROM (SELECT v_verdict, campaigns, ${lines.telephone} AS taken_telephone FROM (${lines.rows}) WHERE ${lines.taken})`,
    params: lines.params,
    settings,
  });
  return {
    telephones_taken: Number(row.telephones_taken),
    by_verdict: countsByVerdict(
      new Map(summedOf(row.verdicts).map(([verdict, count = 0]) => [verdict, count])),
    ),
    by_campaign: summedOf(row.of_campaigns)
      .map(([campaign, count = 0]) => ({ campaign_id: Number(campaign), telephones_taken: count }))
      .sort((a, b) => b.telephones_taken - a.telephones_taken || a.campaign_id - b.campaign_id)
      .slice(0, HYGIENE_LIMITS.trial_campaigns),
    sample: await sampleOf(asked, then, textsOf(row.sample), moment),
  };
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
