import { hashed, type Order, orderFor } from '../order.js';
import type { ReportRequest } from '../report.js';
import { joinedRows, type Rows } from '../rows.js';
import { hasFilters, type MachineCodesAsked, machineCodesTable } from './machine-codes-table.js';
import { cursorAt, placeOf, sortOf } from './place.js';
import { type SortedPage, sortTelephones } from './sort-telephones.js';
import { type FoundTelephones, type PageOfTelephones, SortedTelephones } from './sorted-telephones.js';
import { orderOfStored, storedTelephones } from './stored-telephones.js';
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
 * One statement finds the telephones of the page, and another one counts all columns, but only theirs. In the order in which they
 * are stored, telephones are found until the page is full. In any other order all of them have to be counted by what they are sorted
 * and filtered by; then the telephones after the page are kept for the next ones.
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
  const found = keptPage(page, kept) ?? (await sortedAnew(asked, page, kept));
  return pageOfRows(asked, page, found, async () => hashed(await orderFor(asked)));
}

async function pageAsStored(asked: ReportRequest, page: SortedPage): Promise<MachineCodesPage> {
  const order = await orderOfStored(asked, page.question, page.limit);
  const found = wholePage(page, await storedTelephones(asked, page, order));
  return pageOfRows(asked, page, found, async () => hashed(order));
}

/** The columns of the telephones that a page has. */
async function pageOfRows(
  asked: ReportRequest,
  { question, sort, limit }: SortedPage,
  { slices, next }: PageOfTelephones,
  chooseOrder: () => Promise<Order>,
): Promise<MachineCodesPage> {
  const found: Rows[] = [];
  let order: Order | undefined;
  for (const telephones of slices) {
    order ??= await chooseOrder();
    found.push(await rowsOf(asked, question, order, telephones, limit));
  }
  return { rows: joinedRows(found), next_cursor: next ? cursorAt(sort, next) : null };
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
  return wholePage(page, found);
}

function wholePage(page: SortedPage, found: FoundTelephones): PageOfTelephones {
  const whole = pageOf(page, found);
  if (!whole) throw new Error('fewer telephones were found than a page has');
  return whole;
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
