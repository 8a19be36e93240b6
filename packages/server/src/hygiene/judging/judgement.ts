import type { Language, VerdictDocument } from '@recuento/contract';
import type { SqlParams } from '../../attempts/engine/engine.js';
import type { ReportRequest } from '../../reports/report.js';

/** SQL that judges each telephone from its attempts at or before a moment. */
export interface Judgement {
  /**
   * Aggregates of the statement that groups attempts by telephone, each `… AS j_name`. They look only at rows with
   * `dialed_at <= {as_of:UInt32}`.
   */
  readonly aggregates: readonly string[];
  /**
   * Values of the SELECT around that statement, made of the aggregates; layers, each `… AS name`, of which later ones may use
   * earlier ones. Together they have `verdict` (String), `reason_code` (String), `probability` (Float64), and the other columns of
   * a row of verdicts, whose times are DateTime; `last_alive_at` is 0 where the line never showed life.
   */
  readonly layers: readonly (readonly string[])[];
  readonly params: SqlParams;
}

/** What an operation's attempts at or before a moment say as a whole. */
export interface Knowledge {
  readonly judgement: Judgement;
  /** SQL over the columns of an attempt: whether it was made in a trunk fault. */
  readonly in_fault: { readonly sql: string; readonly params: SqlParams };
  /** The reason of a verdict as a sentence. */
  readonly reasonOf: (row: Omit<VerdictDocument, 'reason'>, language: Language) => string;
}

/** Finds out what the attempts of an operation say at a moment. */
export interface Judge {
  /** @param as_of_s nothing that was dialed later is looked at; seconds since 1970 UTC */
  knowledgeAt(asked: ReportRequest, as_of_s: number): Promise<Knowledge>;
}
