import type { Condition } from '@recuento/contract';
import type { SqlParams } from '../../attempts/engine/engine.js';
import type { Order } from '../../reports/order.js';
import { ATTEMPTS } from '../judging/judgement.js';
import { valuesAround } from './around.js';
import { attemptsRead } from './attempts-read.js';
import type { ConditionSql, Ground, Threshold } from './conditions/condition-sql.js';
import { sqlOf } from './conditions/registry.js';
import { knownThen, type RuleThen } from './rule-then.js';

/** More values of the telephones, and how far attempts are read for them. */
export interface MoreValues {
  /** The last second that is read; not before the moment. */
  readonly until_s: number;
  /** The rule is looked at with other numbers, too: those around the first one that it has. */
  readonly with_curve?: boolean;
  /** Each `… AS name`. */
  readonly aggregates: readonly string[];
  readonly params: SqlParams;
}

/**
 * What the judgement is for: the evidence of whatever is taken, for which everything is judged; or figures, for which only what the rule
 * asks of it is judged, and the verdicts of lines that it takes.
 */
export type JudgedFor = 'evidence' | 'figures';

/** The lines that a rule may take, as SQL. */
export interface LinesSql {
  /** A SELECT with a row for each line that the rule may take, with all values that follow. Of other lines some may be left out. */
  readonly rows: string;
  readonly params: SqlParams;
  /** Of such a row: each telephone by which the line was dialed at or before the moment. As many rows come of it. */
  readonly telephone: string;
  /** How many these are. */
  readonly telephones: string;
  /** Whether the rule takes the line, by the values of its row. */
  readonly taken: string;
  /** The first condition with a number; absent where none has one. */
  readonly varied?: {
    readonly threshold: Threshold;
    /** The numbers that it is looked at with, ascending. */
    readonly values: readonly number[];
    /** Whether the rule takes the line but for this condition; */
    readonly others: string;
    /** and whether this condition holds with another number. */
    readonly holds: (number: string) => string;
  };
}

/**
 * The operation's attempts, grouped by line: what the rule's conditions ask, what the judgement asks, and more. Where the
 * rule asks the judgement, a first pass leaves out the lines that it can't take; else only the lines that it takes are judged.
 * Attempts after the moment reach only what is in `more`.
 */
export function linesSql(
  then: RuleThen,
  order: Order['table'],
  more: MoreValues,
  judged_for: JudgedFor,
): LinesSql {
  const { judged, as_of_s, rule } = then;
  const { judgement, in_fault } = judged;
  const { lines } = judgement;
  const known = knownThen(then);
  const ground = { as_of_s, known, in_fault: in_fault.sql, needed: judgement.needed };
  const conditions = rule.conditions.map((condition, at) =>
    numbered(condition, sqlOf(condition, `c${at}`, ground), at),
  );
  const asks = (what: ConditionSql['asks']) => conditions.some((one) => one.asks === what);
  const asks_all = judged_for === 'evidence' || asks('probability');
  const judging = asks_all ? judgement : judgement.verdict_alone;
  const aggregates = [
    lines.key_as,
    ...(lines.are_merged
      ? ['groupUniqArrayIf(telephone, dialed_at <= toDateTime({as_of:UInt32})) AS j_spellings']
      : []),
    `countIf(${known}) AS known_attempts`,
    ...judging.aggregates,
    ...conditions.flatMap((one) => one.aggregates),
    ...more.aggregates,
  ];
  const varied = conditions.find(({ threshold }) => threshold !== undefined);
  const values = varied?.threshold && more.with_curve ? valuesAround(varied.threshold) : [];
  const judges_first = asks_all || asks('verdict');
  // An act's memory is for what comes in order: it has none for the lines that a first pass leaves. Where few lines are judged anyway,
  // a first pass costs more than it saves.
  const needed =
    judged_for === 'figures' && judges_first
      ? neededBy(conditions, ground, { varied, loosest: values[0] })
      : [];
  const where = attemptsRead(then, more.until_s, order, needed);
  const grouped = `SELECT ${aggregates.join(', ')} FROM ${order} FINAL ${where.sql} GROUP BY ${lines.key}`;
  const taken = allOf(conditions);
  const found = conditions.flatMap(({ values }) => values);
  const layers = judges_first
    ? [...judging.layers, found].map(plus)
    : [plus(found), replacing(ATTEMPTS, `if(${taken}, ${ATTEMPTS}, [])`), ...judging.layers.map(plus)];
  return {
    rows: layers.reduce((rows, around) => around(rows), grouped),
    params: Object.assign(
      { as_of: as_of_s },
      judgement.params,
      in_fault.params,
      ...conditions.map(({ params }) => params),
      more.params,
      where.params,
    ),
    telephone: lines.are_merged ? 'arrayJoin(j_spellings)' : 'telephone',
    telephones: lines.are_merged ? 'length(j_spellings)' : 'toUInt64(1)',
    taken,
    ...(varied?.threshold && {
      varied: {
        threshold: varied.threshold,
        values,
        others: allOf(conditions.filter((one) => one !== varied)),
        holds: varied.holds,
      },
    }),
  };
}

interface ConditionAt extends ConditionSql {
  readonly told: Condition;
  /** SQL of the number that the rule has. */
  readonly number: string;
  /** Whether it holds with the number that the rule has. */
  readonly chosen: string;
}

function numbered(told: Condition, condition: ConditionSql, at: number): ConditionAt {
  const { threshold, holds, params } = condition;
  if (!threshold) return { ...condition, told, number: '0', chosen: holds('0') };
  const name = `c${at}_chosen`;
  const number = `{${name}:${threshold.type}}`;
  return {
    ...condition,
    told,
    number,
    params: { ...params, [name]: threshold.chosen },
    chosen: holds(number),
  };
}

/** What is true of every line that the conditions take, where that is known: `attemptsRead`. */
function neededBy(
  conditions: readonly ConditionAt[],
  ground: Ground,
  curve: { readonly varied: ConditionAt | undefined; readonly loosest: number | undefined },
): string[] {
  // Attempts in faults are counted, too: a line too many may be left in, and nobody need look for faults.
  const easy = { ...ground, in_fault: '0' };
  return conditions.flatMap((condition, at) => {
    const { needs } = sqlOf(condition.told, `c${at}`, easy);
    const loosest = condition === curve.varied ? curve.loosest : undefined;
    return needs ? [needs(loosest === undefined ? condition.number : String(loosest))] : [];
  });
}

/** Put together by `if`, and not by AND: judging/judgement.ts says why. */
function allOf(conditions: readonly ConditionAt[]): string {
  return ['known_attempts > 0', ...conditions.map(({ chosen }) => chosen)].reduceRight(
    (rest, one) => `if(${one}, ${rest}, 0)`,
  );
}

/** A statement around the rows. */
type Around = (rows: string) => string;

function plus(values: readonly string[]): Around {
  return (rows) => (values.length === 0 ? rows : `SELECT *, ${values.join(', ')} FROM (${rows})`);
}

function replacing(name: string, by: string): Around {
  return (rows) => `SELECT * REPLACE (${by} AS ${name}) FROM (${rows})`;
}
