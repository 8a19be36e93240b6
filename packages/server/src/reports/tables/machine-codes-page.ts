import { hashed, type Order, orderFor } from '../order.js';
import { firstColumn } from '../page.js';
import type { ReportRequest } from '../report.js';
import { joinedRows, lastRow, type Rows, withoutLastRow } from '../rows.js';
import { hasFilters, type MachineCodesAsked, machineCodesTable } from './machine-codes-table.js';
import { cursorAt, placeOf, sortOf } from './place.js';
import { type SortedPage, sortTelephones } from './sort-telephones.js';
import { type FoundTelephones, type PageOfTelephones, SortedTelephones } from './sorted-telephones.js';
import { readTable } from './table.js';

/** Where the sorted telephones of a question are kept, as long as the data that they come from do not change. */
export interface KeptTelephones {
  get(): FoundTelephones | undefined;
  keep(telephones: FoundTelephones): void;
}

export interface MachineCodesPage {
  /** The bytes of the rows, in pieces. */
  readonly rows: readonly Buffer[];
  readonly next_cursor: string | null;
}

/**
 * One page, `limit` rows at most, and the cursor of the next one.
 *
 * In the order in which they are stored, telephones are counted until the page is full. In any other order all of them have to be
 * counted: first only by what they are sorted and filtered by, and then in full, but only those of the page. The telephones after
 * it are kept for the next pages.
 *
 * @throws RecuentoError bad-parameter
 */
export async function machineCodesPage(
  asked: ReportRequest,
  question: MachineCodesAsked,
  limit: number,
  cursor: string | undefined,
  openKept: () => Promise<KeptTelephones>,
): Promise<MachineCodesPage> {
  const sort = sortOf(question.sort);
  const page = { question, sort, after: placeOf(cursor, sort), limit };
  if (question.sort === 'telephone' && !hasFilters(question)) return pageAsStored(asked, page);
  const kept = await openKept();
  const { slices, next } = keptPage(page, kept) ?? (await sortedAnew(asked, page, kept));
  const found: Rows[] = [];
  let order: Order | undefined;
  for (const telephones of slices) {
    order ??= hashed(await orderFor(asked));
    found.push(await rowsOf(asked, question, order, telephones, limit));
  }
  return { rows: joinedRows(found), next_cursor: next ? cursorAt(sort, next) : null };
}

async function pageAsStored(
  asked: ReportRequest,
  { question, sort, after, limit }: SortedPage,
): Promise<MachineCodesPage> {
  const behind = after && { sql: 'telephone > {after:String}', params: { after: after.telephone } };
  const table = machineCodesTable(asked.selection, question, undefined, behind);
  const found = await readTable(asked, table, limit + 1);
  if (found.count <= limit) return { rows: [found.rows], next_cursor: null };
  const page = withoutLastRow(found);
  const telephone = firstColumn(lastRow(page));
  return { rows: [page.rows], next_cursor: cursorAt(sort, { value: 0, telephone }) };
}

function keptPage(page: SortedPage, kept: KeptTelephones): PageOfTelephones | undefined {
  const found = kept.get();
  return found && pageOf(page, found);
}

async function sortedAnew(
  asked: ReportRequest,
  page: SortedPage,
  kept: KeptTelephones,
): Promise<PageOfTelephones> {
  const found = await sortTelephones(asked, page);
  kept.keep(found);
  const first = pageOf(page, found);
  if (!first) throw new Error('fewer telephones were sorted than a page has');
  return first;
}

function pageOf({ sort, after, limit }: SortedPage, found: FoundTelephones): PageOfTelephones | undefined {
  return new SortedTelephones(sort, found).page(after, limit);
}

/**
 * The rows of these telephones, in the order of the question. Another statement found them: those that do not match the question
 * any more are left out.
 */
async function rowsOf(
  asked: ReportRequest,
  question: MachineCodesAsked,
  order: Order,
  telephones: string,
  limit: number,
): Promise<Rows> {
  const table = machineCodesTable(asked.selection, question, order, {
    sql: "telephone IN (SELECT arrayJoin(splitByChar('\\n', {telephones:String})))",
    params: { telephones },
  });
  return readTable(asked, table, limit);
}
