import { answerRate, machineRate, type TrendRow } from './counts.js';

/** What campaigns or trunks can be sorted by. */
export const SIDE_SORTS = ['total', 'answered', 'machine'] as const;
export type SideSort = (typeof SIDE_SORTS)[number];

/** Rows that are shown at most: a page. The rest is in the file. */
export const SIDE_ROWS_MAX = 25;

/** Campaigns or trunks, the highest first. */
export function sortedSides(rows: readonly TrendRow[], sort: SideSort): readonly TrendRow[] {
  const valueIn = (row: TrendRow) =>
    sort === 'total' ? row.total : ((sort === 'answered' ? answerRate(row) : machineRate(row)) ?? 0);
  return rows.toSorted((one, other) => valueIn(other) - valueIn(one) || other.total - one.total);
}
