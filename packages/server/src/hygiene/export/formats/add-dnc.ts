import { firstColumn } from '../../../reports/page.js';
import type { ReportRequest } from '../../../reports/report.js';
import { asRows, joinedRows, lastRow, type Rows, rowsOf, withoutLastRow } from '../../../reports/rows.js';
import { laneOf } from '../../../reports/where.js';
import type { Only } from '../../verdicts-table.js';
import type { TelephoneList } from '../telephone-list.js';

const COLUMNS = ['telephone', 'days_block'] as const;

/** A page of the body of `add_dnc`. */
export interface AddDncPage {
  /** Its entries as JSON, with commas between them. */
  readonly rows: readonly Buffer[];
  /** The last telephone, where there are more after it. */
  readonly next: string | undefined;
}

/** The next entries after a telephone, `limit` at most. */
export async function addDncPage(
  request: ReportRequest,
  list: TelephoneList,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<AddDncPage> {
  const found: Rows[] = [];
  let last = after;
  let missing = limit;
  for await (const where of list.parts(after)) {
    const rows = await entries(request, list, where, missing + 1);
    const is_full = rows.count > missing;
    const kept = is_full ? cut(rows) : rows;
    if (kept.count > 0) last = firstColumn(lastRow(kept));
    found.push(kept);
    missing -= kept.count;
    if (is_full) return { rows: joinedRows(found), next: last };
  }
  return { rows: joinedRows(found), next: undefined };
}

async function entries(
  { engine, selection, budget }: ReportRequest,
  list: TelephoneList,
  where: Only,
  limit: number,
): Promise<Rows> {
  const { sql, params, settings } = list.select(COLUMNS.join(', '), where);
  const written = await engine.read({
    sql: `${sql} LIMIT {limit:UInt32} FORMAT Template`,
    params: { ...params, limit },
    settings: { ...settings, ...asRows(COLUMNS.map((name) => ({ name }))) },
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  return rowsOf(written);
}

const cut = (rows: Rows): Rows =>
  rows.count === 1 ? { rows: Buffer.alloc(0), count: 0 } : withoutLastRow(rows);
