import type { ReportDescription } from '@recuento/contract';
import type { EngineSettings, SqlParams } from '../attempts/engine/engine.js';
import type { ReportPage, ReportRequest } from './report.js';
import { asRows, lastRow, type Rows, rowsOf, withoutLastRow } from './rows.js';
import { laneOf } from './where.js';

/** A statement whose rows come in the order of a key, `{limit:UInt32}` at most. */
export interface PageStatement {
  /** Without a FORMAT clause. */
  readonly sql: string;
  /** Those beside `limit`. */
  readonly params: SqlParams;
  readonly settings: EngineSettings;
  /** Its columns. */
  readonly description: ReportDescription;
}

/** Reads one page by a statement whose first column is the key and whose rows begin after `{after:String}`. One engine query. */
export async function readPage(
  asked: ReportRequest,
  statement: PageStatement,
  after: string,
  max_rows: number,
): Promise<ReportPage> {
  const params = { ...statement.params, after };
  const found = await readRows(asked, { ...statement, params }, max_rows);
  if (found.count <= max_rows) return found;
  const kept = withoutLastRow(found);
  return { ...kept, next: firstColumn(lastRow(kept)) };
}

/** The rows of a page, and one more when there is one, which shows that there is a next page. One engine query. */
export async function readRows(
  { engine, selection, budget }: ReportRequest,
  { sql, params, settings, description }: PageStatement,
  max_rows: number,
): Promise<Rows> {
  const written = await engine.read({
    sql: `${sql} FORMAT Template`,
    params: { ...params, limit: max_rows + 1 },
    settings: { ...settings, ...asRows(description.columns) },
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  return rowsOf(written);
}

/** Runs a statement that has one number. */
export async function readNumber(
  { engine, selection, budget }: ReportRequest,
  { sql, params, settings }: Omit<PageStatement, 'description'>,
): Promise<number> {
  const bytes = await engine.read({
    sql: `${sql} FORMAT TSV`,
    params,
    settings,
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  return Number(bytes.toString());
}

/** The first column of a row, for the cursor: the only row of a page that is ever parsed here. */
export function firstColumn(row: Buffer): string {
  const parsed: unknown = JSON.parse(row.toString());
  const [first]: unknown[] = typeof parsed === 'object' && parsed !== null ? Object.values(parsed) : [];
  if (typeof first !== 'string') throw new Error('the first column of a row is no text');
  return first;
}
