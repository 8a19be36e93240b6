import type { SqlParams } from '../../../attempts/engine/engine.js';
import type { Judgement } from '../../judging/judgement.js';

/** A moment, and which attempts a condition may look at then. */
export interface Ground {
  /** Seconds since 1970 UTC; in SQL `{as_of:UInt32}`. */
  readonly as_of_s: number;
  /** SQL over the columns of an attempt: it is of the rule's campaigns, and was dialed at or before the moment. */
  readonly known: string;
  /** SQL over the columns of an attempt: it was made in a trunk fault. */
  readonly in_fault: string;
  /** What verdicts need. */
  readonly needed: Judgement['needed'];
}

/** A condition's number, which may be varied. */
export interface Threshold {
  readonly chosen: number;
  readonly type: 'UInt32' | 'Float64';
  /** The bounds that the contract has for it. */
  readonly bounds: readonly [number, number];
}

/** A condition as SQL. Its names begin with `prefix`. */
export interface ConditionSql {
  /** Values of a telephone over its attempts, each `… AS name`. */
  readonly aggregates: readonly string[];
  /** Values made of the aggregates, each `… AS name`. */
  readonly values: readonly string[];
  readonly params: SqlParams;
  /** Absent: the condition has no number. */
  readonly threshold?: Threshold;
  /**
   * What is true of every line for which the condition holds with this number, or with one that takes fewer: SQL over the attempts of
   * a line as they are grouped, which costs little. Absent: nothing is known without a look at the whole line.
   */
  readonly needs?: (number: string) => string;
  /** What it asks of the judgement: `v_verdict`, or `v_probability`. Absent: nothing. */
  readonly asks?: 'verdict' | 'probability';
  /** Whether it holds, by aggregates, values and what the judgement found; `number` is the SQL of the threshold. */
  readonly holds: (number: string) => string;
}

export const DAY_S = 86_400;

/** The attempts that a condition counts: those that it may look at, of the last days, perhaps without those in faults. */
export function counted(
  prefix: string,
  { as_of_s, known, in_fault }: Ground,
  { within_days, faults }: { readonly within_days?: number | null; readonly faults?: 'exclude' | undefined },
): { readonly sql: string; readonly params: SqlParams } {
  const conditions = [known];
  const params: Record<string, number> = {};
  if (typeof within_days === 'number') {
    // The engine's time begins in 1970, and no attempt was dialed before.
    params[`${prefix}_after`] = Math.max(0, as_of_s - within_days * DAY_S);
    conditions.push(`dialed_at > toDateTime({${prefix}_after:UInt32})`);
  }
  if (faults === 'exclude') conditions.push(`NOT (${in_fault})`);
  return { sql: conditions.join(' AND '), params };
}

/** SQL of a list of words of the contract. */
export function listed(words: readonly string[]): string {
  return `(${words.map((word) => `'${word}'`).join(', ')})`;
}
