import { HYGIENE_LIMITS } from '@recuento/contract';

/** Sums of telephones, each by a name, and some of them by campaign, too. */
interface ByCampaign {
  /** A SELECT with `verdict`, `taken_by`, what follows, and for each sum by campaign a map of campaigns to numbers. */
  readonly sums: string;
  /** SQL of each sum, by its name: of all telephones of the row, and its map by campaign. */
  readonly of: Readonly<Record<string, { readonly all: string; readonly by_campaign: string }>>;
  /** SQL of an array of texts in `sums`. The rows that are of no campaign have it as `texts`; those of campaigns have none. */
  readonly texts?: string;
  /** The name of the sum that decides which campaigns come: those with the most. */
  readonly most: string;
}

/**
 * A statement with the rows of `sums` (`campaign_id` is null), and a row for each of the campaigns that have the most, in their order. An
 * operation may have any number of campaigns, so they are cut here, and not where rows are read.
 */
export function withCampaigns({ sums, of, texts = '[]', most }: ByCampaign): string {
  const names = Object.keys(of);
  const row = (campaign: string, values: readonly string[], with_texts = '[]') =>
    `tuple(CAST(${campaign}, 'Nullable(UInt32)'), CAST(${with_texts}, 'Array(String)'), ${values.map((value) => `toUInt64(${value})`).join(', ')})`;
  const all = row(
    'NULL',
    Object.values(of).map(({ all }) => all),
    texts,
  );
  const each = Object.values(of).map(({ by_campaign }, at) => {
    const values = names.map((_, place) => (place === at ? 'sum' : '0'));
    return `arrayMap((id, sum) -> ${row('id', values)}, mapKeys(${by_campaign}), mapValues(${by_campaign}))`;
  });
  const summed = names.map((name, at) => `sum(one.${at + 3}) AS ${name}`);
  return `SELECT one.1 AS campaign_id, if(isNull(campaign_id), verdict, '') AS of_verdict, if(isNull(campaign_id), taken_by, 0) AS of_taken_by,
      groupArrayArray(one.2) AS texts, ${summed.join(', ')}
    FROM (SELECT verdict, taken_by, arrayJoin(arrayConcat([${all}], ${each.join(', ')})) AS one FROM (${sums}))
    GROUP BY campaign_id, of_verdict, of_taken_by
    ORDER BY ${most} DESC, campaign_id LIMIT ${HYGIENE_LIMITS.trial_campaigns} BY isNull(campaign_id)`;
}
