import type { TriedRule } from '@recuento/contract';
import type { SqlParams } from '../../attempts/engine/engine.js';
import type { Order } from '../../reports/order.js';
import type { Judged } from '../judging/judgement.js';
import type { ConditionSql, Threshold } from './conditions/condition-sql.js';
import { sqlOf } from './conditions/registry.js';

/** A rule at a moment, with what is known then. */
export interface RuleThen {
  readonly operation_id: number;
  readonly rule: TriedRule;
  readonly judged: Judged;
  /** Seconds since 1970 UTC. Only attempts at or before it decide. */
  readonly as_of_s: number;
}

/** More values of the telephones, and how far attempts are read for them. */
export interface MoreValues {
  /** The last second that is read; not before the moment. */
  readonly until_s: number;
  /** Each `… AS name`. */
  readonly aggregates: readonly string[];
  readonly values: readonly string[];
  readonly params: SqlParams;
}

/** The lines that a rule may take, as SQL. */
export interface LinesSql {
  /** A SELECT with a row for each line, with all values that follow. */
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
    /** Whether the rule takes the line but for this condition; */
    readonly others: string;
    /** and whether this condition holds with another number. */
    readonly holds: (number: string) => string;
  };
}

/** SQL over an attempt's columns: it is of the rule's campaigns. */
export function ofCampaigns({ rule }: RuleThen): string {
  return rule.campaign_id === 'all' ? '1' : 'campaign_id = {campaign_id:UInt32}';
}

/** SQL over an attempt's columns: it is of the rule's campaigns, and was dialed at or before the moment. */
export function knownThen(then: RuleThen): string {
  return `dialed_at <= toDateTime({as_of:UInt32}) AND ${ofCampaigns(then)}`;
}

/**
 * One pass over the operation's attempts, grouped by line: what the rule's conditions need, what the judgement needs, and
 * more. Attempts after the moment reach only what is in `more`.
 */
export function linesSql(then: RuleThen, order: Order['table'], more: MoreValues): LinesSql {
  const { judged, as_of_s, rule } = then;
  const { judgement, in_fault } = judged;
  const { lines } = judgement;
  const known = knownThen(then);
  const ground = { as_of_s, known, in_fault: in_fault.sql };
  const conditions = rule.conditions.map((condition, at) => numbered(sqlOf(condition, `c${at}`, ground), at));
  const aggregates = [
    lines.key_as,
    ...(lines.are_merged
      ? ['groupUniqArrayIf(telephone, dialed_at <= toDateTime({as_of:UInt32})) AS j_spellings']
      : []),
    `countIf(${known}) AS known_attempts`,
    ...judgement.aggregates,
    ...conditions.flatMap((one) => one.aggregates),
    ...more.aggregates,
  ];
  const where = whereOf(then, more);
  const grouped = `SELECT ${aggregates.join(', ')} FROM ${order} FINAL ${where.sql} GROUP BY ${lines.key}`;
  const layers = [...judgement.layers, conditions.flatMap(({ values }) => values), more.values];
  const varied = conditions.find(({ threshold }) => threshold !== undefined);
  const all = (some: readonly ConditionAt[]) =>
    ['known_attempts > 0', ...some.map(({ chosen }) => `(${chosen})`)].join(' AND ');
  return {
    rows: layers.reduce(around, grouped),
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
    taken: all(conditions),
    ...(varied?.threshold && {
      varied: {
        threshold: varied.threshold,
        others: all(conditions.filter((one) => one !== varied)),
        holds: varied.holds,
      },
    }),
  };
}

interface ConditionAt extends ConditionSql {
  /** Whether it holds with the number that the rule has. */
  readonly chosen: string;
}

function numbered(condition: ConditionSql, at: number): ConditionAt {
  const { threshold, holds, params } = condition;
  if (!threshold) return { ...condition, chosen: holds('0') };
  const name = `c${at}_chosen`;
  return {
    ...condition,
    params: { ...params, [name]: threshold.chosen },
    chosen: holds(`{${name}:${threshold.type}}`),
  };
}

function around(rows: string, values: readonly string[]): string {
  return values.length === 0 ? rows : `SELECT *, ${values.join(', ')} FROM (${rows})`;
}

/**
 * Which attempts are read, by columns of the key alone, as a PREWHERE beside FINAL has to be. A verdict is of the whole operation's
 * attempts, so a rule of one campaign reads all attempts of the lines that this campaign dialed.
 */
function whereOf(
  { operation_id, rule, judged }: RuleThen,
  { until_s }: Pick<MoreValues, 'until_s'>,
): { sql: string; params: SqlParams } {
  const of_operation = 'operation_id = {operation_id:UInt32} AND dialed_at <= toDateTime({until:UInt32})';
  const params = { operation_id, until: until_s };
  if (rule.campaign_id === 'all') return { sql: `PREWHERE ${of_operation}`, params };
  const { lines } = judged.judgement;
  const of_campaign = `${lines.line} IN (SELECT ${lines.line} FROM held_by_campaign
    PREWHERE ${of_operation} AND campaign_id = {campaign_id:UInt32})`;
  return {
    // What lines have many spellings of cannot be looked up in the key: each would have to be tried.
    sql: `PREWHERE ${of_operation} ${lines.are_merged ? 'WHERE' : 'AND'} ${of_campaign}`,
    params: { ...params, campaign_id: rule.campaign_id },
  };
}
