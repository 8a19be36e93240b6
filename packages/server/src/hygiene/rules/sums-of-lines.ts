import type { SqlParams } from '../../attempts/engine/engine.js';
import type { ReportRequest } from '../../reports/report.js';
import { orderOfFigures } from './order-of-rules.js';
import { readRows } from './read-rows.js';
import type { RuleThen } from './rule-then.js';
import { type LinesSql, linesSql, type MoreValues } from './telephones.js';

/** By name, as the engine writes them. */
type Sums = Readonly<Record<string, unknown>>;

/**
 * Ten million attempts of a million telephones take 0.7 GB as they are grouped by hash (measured), and their sums next to nothing. So
 * most of what is grouped so (order-of-rules.ts) stays in a read's memory, as it is shipped; the rest goes to the disk.
 */
const GROUPS_IN_MEMORY = 0.8;

/**
 * Sums over the lines that a rule may take, in one statement over the attempts.
 *
 * @param statement a SELECT of sums over the lines, by `v_verdict`; it is right for lines that the rule takes
 */
export async function sumsOfLines(
  asked: ReportRequest,
  then: RuleThen,
  more: MoreValues,
  statement: (lines: LinesSql) => { readonly sql: string; readonly params: SqlParams },
): Promise<{ readonly sums: readonly Sums[]; readonly varied: LinesSql['varied'] }> {
  const { table, settings } = await orderOfFigures(asked);
  const lines = linesSql(then, table, more, 'figures');
  const sums = await readRows(asked, {
    ...statement(lines),
    groups_in_memory: GROUPS_IN_MEMORY,
    settings,
  });
  return { sums, varied: lines.varied };
}
