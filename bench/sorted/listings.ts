import type { FixtureStore } from '../fixture-store.js';

/** A sorted table of `/v1/machine-codes`, and what asks the same of the bare engine. */
export interface Listing {
  readonly title: string;
  /** Beside the window. */
  readonly query: Readonly<Record<string, string>>;
  /** By campaign where it is of one. */
  readonly table: 'held_by_campaign' | 'held_by_telephone';
  /** Beside the operation and the window, on columns of the key. */
  readonly where: string;
  /** What it is sorted by. */
  readonly value: string;
  readonly descending: boolean;
  readonly having: string;
  /** Rows of a page. */
  readonly limit: number;
  readonly has_goals: boolean;
  /** By hash it takes five times as long, and all of a read's memory. */
  readonly is_only_in_order?: boolean;
}

const PAGE = 1_000;
const FIVE = "countIf(result <= 'failed')";

/** @param telephone one that was dialed */
export function listingsOf({ campaign_id }: FixtureStore, telephone: string): readonly Listing[] {
  const [prefix, suffix] = [telephone.slice(0, 5), telephone.slice(-7)];
  const of_all = {
    query: { campaign_id: 'all', sort: '-total_machine_recognitions' },
    table: 'held_by_telephone',
    where: '1',
    value: FIVE,
    descending: true,
    having: `${FIVE} > 0`,
    limit: PAGE,
    has_goals: true,
  } as const;
  return [
    { ...of_all, title: 'all, most machine recognitions' },
    {
      ...of_all,
      title: 'all, never answered, most attempts',
      query: { campaign_id: 'all', sort: '-dialed_total', max_answered: '0', min_dialed: '3' },
      value: 'count()',
      having: `${FIVE} > 0 AND countIf(result = 'answer') <= 0 AND count() >= 3`,
    },
    {
      ...of_all,
      title: 'all, last dialed first',
      query: { campaign_id: 'all', sort: '-last_dialed_at' },
      value: 'max(dialed_at)',
    },
    {
      ...of_all,
      title: 'all, last result failed',
      query: { campaign_id: 'all', sort: '-total_machine_recognitions', last_result: 'failed' },
      having: `${FIVE} > 0 AND argMax(result, (dialed_at, attempt_hash, campaign_id)) = 'failed'`,
      is_only_in_order: true,
    },
    {
      ...of_all,
      title: 'all, by the first five digits',
      query: { ...of_all.query, telephone_prefix: prefix },
      where: `startsWith(telephone, '${prefix}')`,
    },
    {
      ...of_all,
      title: 'all, by the last seven digits',
      query: { ...of_all.query, telephone_suffix: suffix },
      where: `endsWith(telephone, '${suffix}')`,
    },
    {
      ...of_all,
      title: 'one campaign, most machine recognitions',
      query: { ...of_all.query, campaign_id: String(campaign_id) },
      table: 'held_by_campaign',
      where: `campaign_id = ${campaign_id}`,
      has_goals: false, // a page of so few is the columns' time
    },
    { ...of_all, title: 'all, pages of 10,000', limit: 10_000 },
    { ...of_all, title: 'all, pages of 60,000', limit: 60_000 },
  ];
}
