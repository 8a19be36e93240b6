import { HYGIENE_LIMITS, type PreviewDocument } from '@recuento/contract';
import type { ReportRequest } from '../../reports/report.js';
import { countsByVerdict } from '../counts-by-verdict.js';
import type { Moment } from '../quarantine/standing.js';
import { knownThen, type RuleThen } from './rule-then.js';
import { sampleOf } from './sample.js';
import { sumsByKey } from './sum-map.js';
import { sumsOfLines } from './sums-of-lines.js';
import type { LinesSql } from './telephones.js';

/**
 * What a rule takes at its moment. Engine queries: one pass over the attempts (`sumsOfLines`), and the rows of the sample.
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
  const { sums } = await sumsOfLines(asked, then, more, statementOf);
  const by_verdict = new Map(sums.map(({ verdict, telephones }) => [verdict, Number(telephones)]));
  const sample = sums.flatMap((row) => textsOf(row.sample)).sort();
  return {
    telephones_taken: [...by_verdict.values()].reduce((sum, telephones) => sum + telephones, 0),
    by_verdict: countsByVerdict(by_verdict),
    by_campaign: byCampaign(sums),
    sample: await sampleOf(asked, then, sample.slice(0, HYGIENE_LIMITS.sample_rows), moment),
  };
}

/** The telephones with each verdict that the rule takes. */
function statementOf({ rows, telephone, taken, params }: LinesSql) {
  return {
    sql: `SELECT v_verdict AS verdict, count() AS telephones,
        sumMap(CAST((campaigns, arrayMap(campaign -> toUInt64(1), campaigns)), 'Map(UInt32, UInt64)')) AS of_campaigns,
        groupArraySorted(${HYGIENE_LIMITS.sample_rows})(taken_telephone) AS sample
      FROM (SELECT v_verdict, campaigns, ${telephone} AS taken_telephone FROM (${rows}) WHERE ${taken}) GROUP BY v_verdict`,
    params,
  };
}

/** The campaigns that dialed the most of them first. */
function byCampaign(sums: readonly Readonly<Record<string, unknown>>[]): PreviewDocument['by_campaign'] {
  const campaigns = new Map<number, number>();
  for (const [id, telephones] of sums.flatMap(({ of_campaigns }) => sumsByKey(of_campaigns))) {
    campaigns.set(id, (campaigns.get(id) ?? 0) + telephones);
  }
  return [...campaigns]
    .map(([campaign_id, telephones_taken]) => ({ campaign_id, telephones_taken }))
    .sort((a, b) => b.telephones_taken - a.telephones_taken || a.campaign_id - b.campaign_id)
    .slice(0, HYGIENE_LIMITS.trial_campaigns);
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
