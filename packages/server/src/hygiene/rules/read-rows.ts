import type { EngineSettings, SqlParams } from '../../attempts/engine/engine.js';
import type { ReportRequest } from '../../reports/report.js';
import { laneOf } from '../../reports/where.js';

interface Statement {
  /** Without a FORMAT clause, and with few rows. */
  readonly sql: string;
  readonly params: SqlParams;
  readonly settings: EngineSettings;
  /** As a read of the engine has it. */
  readonly groups_in_memory?: number;
}

/** The rows of a statement, each as an object; integers of 64 bits are strings. */
export async function readRows(
  { engine, selection, budget }: ReportRequest,
  { sql, ...statement }: Statement,
): Promise<Record<string, unknown>[]> {
  const written = await engine.read({
    sql: `${sql} FORMAT JSONEachRow`,
    ...statement,
    fair_key: `operation ${selection.operation_id}`,
    lane: laneOf(selection),
    ...budget.engine(),
  });
  const lines = written.toString().split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}
