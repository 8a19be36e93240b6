import type { Verdict } from '@recuento/contract';
import type { SqlParams } from '../../attempts/engine/engine.js';
import type { LineSql } from '../spellings/line-sql.js';

/**
 * SQL that judges each line from its attempts at or before `{as_of:UInt32}` (seconds since 1970 UTC):
 *
 * `SELECT *, layer… FROM (SELECT *, layer… FROM (SELECT key, aggregates… FROM held_by_telephone FINAL PREWHERE … GROUP BY key))`
 *
 * Conditions in the layers are put together by `if`, and not by AND or OR: to simplify those, the engine walks through all statements
 * inside for each of them, which took a third of the time of a page.
 *
 * Rows after `as_of` may be among those that are grouped: the aggregates leave them out.
 */
export interface Judgement extends JudgingSql {
  /** What attempts are grouped by. */
  readonly lines: LineSql;
  /** The same, but nothing of it beside `v_verdict` is to be used: what else is told costs as much again. */
  readonly verdict_alone: JudgingSql;
  /**
   * What is true of every line with the verdict: SQL over its attempts as they are grouped, which costs a small part of the judgement
   * and leaves out most lines. A verdict that is not here may be of any line.
   */
  readonly needed: Readonly<Partial<Record<Verdict, string>>>;
  readonly params: SqlParams;
}

/** The aggregate of a line's attempts: where it is made empty, the line costs nothing, and nothing that is told of it is true. */
export const ATTEMPTS = 'j_packed';

/** What a judgement adds to the statements. */
export interface JudgingSql {
  /** Aggregates of the statement that groups attempts, each `… AS j_name`. */
  readonly aggregates: readonly string[];
  /**
   * What the statements around that one select, from the innermost to the outermost; each may use what those inside it have. Together
   * they have a value `v_{name}` for each column of the verdicts' table that is of the line, and `v_reason_code`; `v_verdict` in any case.
   */
  readonly layers: readonly (readonly string[])[];
}

/** What is known at a moment, as SQL: of telephones, and of attempts. */
export interface Judged {
  readonly judgement: Judgement;
  /** Whether an attempt was made in a fault: SQL over its columns. */
  readonly in_fault: { readonly sql: string; readonly params: SqlParams };
}

/** The statement with all layers. @param grouped the one that groups, which has the aggregates; without parentheses */
export function layered(grouped: string, layers: Judgement['layers']): string {
  return layers.reduce((inner, layer) => `SELECT *, ${layer.join(', ')} FROM (${inner})`, grouped);
}
