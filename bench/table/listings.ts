/** What the console's table of machine codes shows at once (`packages/console/src/screens/machine-codes`). */
export const PAGE_ROWS = 50;

/** A page of the console's table, and what asks the same of the bare engine. */
export interface Listing {
  readonly title: string;
  /** Beside the window, of all campaigns. */
  readonly query: Readonly<Record<string, string>>;
  /** Beside the operation and the window, on columns of the key. */
  readonly where: string;
  /** On the values of a telephone. */
  readonly having: string;
  /** What it is sorted by, the most first; undefined: as telephones are stored. */
  readonly value?: string;
  /** By hash it takes five times as long, and all of a read's memory. */
  readonly is_only_in_order?: boolean;
}

const FIVE = "countIf(result <= 'failed')";
const SOME = `${FIVE} > 0`;
const LAST = 'argMax(result, (dialed_at, attempt_hash, campaign_id))';

/** @param telephone one that was dialed */
export function listingsOf(telephone: string): readonly Listing[] {
  const [prefix, suffix, end] = [telephone.slice(0, 5), telephone.slice(-7), telephone.slice(-3)];
  const begins = `startsWith(telephone, '${prefix}')`;
  const ends = (with_digits: string) => `endsWith(telephone, '${with_digits}')`;
  const stored = { query: { sort: 'telephone' }, where: '1', having: SOME };
  const most = { query: { sort: '-total_machine_recognitions' }, where: '1', having: SOME, value: FIVE };
  const searched = (listing: Listing, words: string, query: Record<string, string>, where: string) => ({
    ...listing,
    title: `${listing.title}, ${words}`,
    query: { ...listing.query, ...query },
    where,
  });
  const by_telephone = { ...stored, title: 'by telephone' };
  const by_most = { ...most, title: 'most recognitions' };
  return [
    by_telephone,
    searched(by_telephone, 'first five digits', { telephone_prefix: prefix }, begins),
    searched(by_telephone, 'last seven digits', { telephone_suffix: suffix }, ends(suffix)),
    searched(by_telephone, 'last three digits', { telephone_suffix: end }, ends(end)),
    searched(
      by_telephone,
      'the whole telephone',
      { telephone_prefix: telephone, telephone_suffix: telephone },
      `telephone = '${telephone}'`,
    ),
    by_most,
    searched(by_most, 'first five digits', { telephone_prefix: prefix }, begins),
    searched(by_most, 'last seven digits', { telephone_suffix: suffix }, ends(suffix)),
    {
      ...by_most,
      title: 'most recognitions, last result failed',
      query: { ...most.query, last_result: 'failed' },
      having: `${SOME} AND ${LAST} = 'failed'`,
      is_only_in_order: true,
    },
    {
      ...most,
      title: 'most attempts, never answered',
      query: { sort: '-dialed_total', max_answered: '0' },
      having: `${SOME} AND countIf(result = 'answer') = 0`,
      value: 'count()',
    },
    { ...most, title: 'last dialed', query: { sort: '-last_dialed_at' }, value: 'max(dialed_at)' },
  ];
}
