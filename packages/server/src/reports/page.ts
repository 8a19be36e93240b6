import type { ReportDescription } from '@recuento/contract';
import type { EngineSettings, SqlParams } from '../attempts/engine/engine.js';
import type { Asked, ReportPage } from './report.js';
import { asRows, lastRow, rowsOf, withoutLastRow } from './rows.js';
import { laneOf } from './where.js';

/** A statement whose rows come in the order of their key, from behind `{after:String}`, `{limit:UInt32}` at most. */
export interface PageStatement {
  /** Without a FORMAT clause. */
  readonly sql: string;
  /** Beside `after` and `limit`. */
  readonly params: SqlParams;
  readonly settings: EngineSettings;
  /** Its columns; the first one is the key. */
  readonly description: ReportDescription;
}

/** Runs the statement for one page: one engine query. */
export async function readPage(
  { engine, selection, budget }: Asked,
  { sql, params, settings, description }: PageStatement,
  after: string,
  max_rows: number,
): Promise<ReportPage> {
  const written = await engine.read({
    sql: `${sql} FORMAT Template`,
    // One row more than the page: it tells whether there is a next one.
    params: { ...params, after, limit: max_rows + 1 },
    settings: { ...settings, ...asRows(description.columns) },
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  const found = rowsOf(written);
  if (found.count <= max_rows) return found;
  const kept = withoutLastRow(found);
  return { ...kept, more_after: keyOf(lastRow(kept), description) };
}

/** Runs a statement that has one number. */
export async function readNumber(
  { engine, selection, budget }: Asked,
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

/** Only the last row of a page is ever read here, for the cursor. */
function keyOf(row: Buffer, { api, columns }: ReportDescription): string {
  const parsed: unknown = JSON.parse(row.toString());
  const [key] = columns;
  if (typeof parsed === 'object' && parsed !== null && key) {
    for (const [name, value] of Object.entries(parsed)) if (name === key.name) return String(value);
  }
  throw new Error(`a row of ${api} has no key`);
}
