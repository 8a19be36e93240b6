import { hashed, type Order, orderFor, orderToSort } from '../order.js';
import type { ReportRequest } from '../report.js';
import { asLines, rowsOf } from '../rows.js';
import { laneOf } from '../where.js';
import { type MachineCodesAsked, machineCodesTable } from './machine-codes-table.js';
import { behindPlace, orderOf, type Place, placeValue, type Sort } from './place.js';
import type { FoundTelephones } from './sorted-telephones.js';

/** A page in the order of a sort. */
export interface SortedPage {
  readonly question: MachineCodesAsked;
  readonly sort: Sort;
  /** The page begins after this place; absent, with the first telephone of all. */
  readonly after: Place | undefined;
  /** Rows that the page has at most. */
  readonly limit: number;
}

/** Telephones are sorted once for so many pages, */
const PAGES = 20;
/** for so many at least, which take no longer than a page does, */
const AT_LEAST = 20_000;
/** and for so many at most: 3 to 5 MB, and a tenth more time. They take 54 MB where all have 64 characters of four bytes. */
const AT_MOST = 200_000;

/**
 * The telephones of a page and of the pages after it. It takes looks at the index, and one engine query, which computes for each
 * telephone only the values that it is sorted and filtered by.
 */
export async function sortTelephones(asked: ReportRequest, page: SortedPage): Promise<FoundTelephones> {
  const { engine, selection, budget } = asked;
  const { question, sort, after, limit } = page;
  const table = machineCodesTable(selection, question, await orderOfListing(asked, question));
  const behind = after && behindPlace(sort, after);
  const ahead = Math.max(limit + 1, Math.min(Math.max(limit * PAGES, AT_LEAST), AT_MOST));
  const written = await engine.read({
    sql: `SELECT ${placeValue(sort)} AS value, v_telephone FROM (${table.rows}) ${behind ? `WHERE ${behind.sql}` : ''}
      ORDER BY ${orderOf(sort)} LIMIT {ahead:UInt32} FORMAT Template`,
    params: { ...table.params, ...behind?.params, ahead },
    settings: { ...table.settings, ...asLines('value', 'v_telephone') },
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  const lines = rowsOf(written);
  return { after, are_to_the_end: lines.count < ahead, parts: [lines.rows] };
}

async function orderOfListing(asked: ReportRequest, question: MachineCodesAsked): Promise<Order> {
  // The last result of each telephone takes so much memory that by hash the engine takes five times as long.
  if (question.last_result !== undefined) return orderFor(asked);
  return isFew(asked, question) ? hashed(await orderFor(asked)) : orderToSort(asked);
}

/** The digits of a country, and so many more that a hundredth of its telephones is left. */
const PREFIX_OF_FEW_CHARS = 5;

/**
 * Whether there are so few telephones that a look at the index takes longer than to group them. No index finds the end of a
 * telephone.
 */
function isFew(
  { selection }: ReportRequest,
  { telephone_prefix = '', telephone_suffix }: MachineCodesAsked,
): boolean {
  return (
    selection.campaign.kind === 'one' ||
    telephone_suffix !== undefined ||
    telephone_prefix.length >= PREFIX_OF_FEW_CHARS
  );
}
