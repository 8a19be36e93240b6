import { HYGIENE_LIMITS, type PreviewDocument } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import { countsByVerdict } from '../counts-by-verdict.js';
import type { Moment } from '../quarantine/standing.js';
import { withCampaigns } from './by-campaign.js';
import { knownThen, type RuleThen } from './rule-then.js';
import { sampleOf } from './sample.js';
import { sumsOfLines } from './sums-of-lines.js';
import type { LinesSql } from './telephones.js';

/**
 * What a rule takes at its moment. Engine queries: the attempts, grouped by line (`sumsOfLines`), and the rows of the sample.
 *
 * @param asked of all campaigns, up to the moment
 * @param moment which acts of the quarantine count, for the sample
 */
export async function preview(
  asked: ReportRequest,
  then: RuleThen,
  moment?: Moment,
): Promise<PreviewDocument> {
  const more = {
    until_s: then.as_of_s,
    aggregates: [`groupUniqArrayIf(campaign_id, ${knownThen(then)}) AS campaigns`],
    params: {},
  };
  const { sums: rows } = await sumsOfLines(asked, then, more, statementOf);
  const sums = rows.filter(({ campaign_id }) => campaign_id === null);
  const by_verdict = new Map(sums.map((row) => [row.of_verdict, Number(row.telephones_taken)]));
  const sample = sums.flatMap(({ texts }) => textsOf(texts)).sort();
  return {
    telephones_taken: [...by_verdict.values()].reduce((sum, telephones) => sum + telephones, 0),
    by_verdict: countsByVerdict(by_verdict),
    by_campaign: rows
      .filter(({ campaign_id }) => campaign_id !== null)
      .map((row) => ({
        campaign_id: Number(row.campaign_id),
        telephones_taken: Number(row.telephones_taken),
      })),
    sample: await sampleOf(asked, then, sample.slice(0, HYGIENE_LIMITS.sample_rows), moment),
  };
}

/** The telephones with each verdict that the rule takes, and the campaigns that dialed the most of them. */
function statementOf({ rows, telephone, taken, params }: LinesSql) {
  const sums = `SELECT v_verdict AS verdict, 1 AS taken_by, count() AS telephones,
      sumMap(CAST((campaigns, arrayMap(campaign -> toUInt64(1), campaigns)), 'Map(UInt32, UInt64)')) AS of_campaigns,
      groupArraySorted(${HYGIENE_LIMITS.sample_rows})(taken_telephone) AS sample
    FROM (SELECT v_verdict, campaigns, ${telephone} AS taken_telephone FROM (${rows}) WHERE ${taken}) GROUP BY v_verdict`;
  const of = { telephones_taken: { all: 'telephones', by_campaign: 'of_campaigns' } };
  return { sql: withCampaigns({ sums, of, texts: 'sample', most: 'telephones_taken' }), params };
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
