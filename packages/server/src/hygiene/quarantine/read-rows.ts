import type { Engine, SqlParams } from '../../attempts/engine/engine.js';
import { ownerOf } from '../../attempts/stored-in.js';

/** How a page is read: it may take as long as a call of its operation, and ends when the caller hangs up. */
export interface Reading {
  readonly max_ms: number;
  readonly signal: AbortSignal;
  /** Called when its turn has come; if it throws, the read is refused. */
  readonly admit: () => void;
  /** Where there may be much to read. */
  readonly lane?: 'short' | 'long';
}

/** Rows of a page of the tables of events, each an array of values. Pages are walked in the order of their table. */
export async function readRows<Row>(
  engine: Engine,
  operation_id: number,
  { sql, params }: { readonly sql: string; readonly params: SqlParams },
  { max_ms, signal, admit, lane = 'short' }: Reading,
): Promise<Row[]> {
  const bytes = await engine.read({
    sql: `${sql} FORMAT JSONCompactEachRow`,
    params,
    fair_key: ownerOf(operation_id),
    lane,
    max_ms,
    signal,
    admit,
  });
  const lines = bytes.toString().split('\n').filter(Boolean);
  return lines.map((line): Row => JSON.parse(line));
}
