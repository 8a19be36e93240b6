import type { GiveTurn } from '../../admission/turns.js';
import type { Engine, EngineSettings, SqlParams } from '../../attempts/engine/engine.js';
import type { LineSql } from '../spellings/line-sql.js';

/** The limits that the engine gets with each statement: of a call (`CallBudget`), or of learning. */
export interface StatementBudget {
  engine(): { readonly max_ms: number; readonly signal?: AbortSignal; readonly admit?: () => void };
}

/** What everything about chances needs: the engine, the operation, and the time that it may take. */
export interface ChanceRequest {
  readonly engine: Engine;
  readonly operation_id: number;
  /** The operation's time zone. */
  readonly time_zone: string;
  /** By what a history is told: by line. */
  readonly lines: LineSql;
  readonly budget: StatementBudget;
  /** Lets others work: fitting takes seconds. */
  readonly give_turn: GiveTurn;
}

/** What a statement writes as `FORMAT TSV`. */
export function readLines(
  { engine, operation_id, budget }: ChanceRequest,
  sql: string,
  params: SqlParams,
  settings: EngineSettings = {},
): Promise<Buffer> {
  return engine.read({
    sql: `${sql} FORMAT TSV`,
    params: { ...params, operation_id },
    settings,
    fair_key: `operation ${operation_id}`,
    lane: 'long',
    ...budget.engine(),
  });
}

const [TAB, LINE_FEED] = [0x09, 0x0a];
/** Some milliseconds of work. */
const LINES_A_TURN = 20_000;

/** Calls back with the whole numbers of each line, one array for all lines. In turns. */
export async function eachLine(
  written: Buffer,
  columns: number,
  give_turn: GiveTurn,
  take: (values: Float64Array, line: number) => void,
): Promise<void> {
  const values = new Float64Array(columns);
  let [line, column] = [0, 0];
  for (const byte of written) {
    if (byte !== TAB && byte !== LINE_FEED) {
      values[column] = (values[column] ?? 0) * 10 + byte - 0x30;
      continue;
    }
    column += 1;
    if (byte === TAB) continue;
    take(values, line);
    values.fill(0);
    column = 0;
    line += 1;
    if (line % LINES_A_TURN === 0) await give_turn();
  }
}

/** How many lines were written. */
export function linesOf(written: Buffer): number {
  let lines = 0;
  for (let at = written.indexOf(LINE_FEED); at >= 0; at = written.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}
