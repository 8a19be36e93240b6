import type { GiveTurn } from '../../admission/turns.js';
import type { SqlParams } from '../../attempts/engine/engine.js';
import { type LineSql, lineSql } from '../spellings/line-sql.js';
import type { NumberPlan } from '../spellings/number-plan.js';
import { inParts } from './parts.js';
import { NEVER_S } from './standing.js';

/** Telephones for an act, as a SELECT in the engine with the columns `telephone`, `wanted` (seconds) and `evidence` (JSON or ''). */
export interface Telephones {
  readonly sql: string;
  readonly params: SqlParams;
  /** Whether it can be read twice, so that only the events of these telephones are looked at, and not the operation's. */
  readonly is_cheap: boolean;
}

/** A telephone, and until when it is to be put aside; seconds, or NEVER_S. */
export interface Wanted {
  readonly telephone: string;
  readonly until_s: number;
}

/**
 * A list, in as many parts as statements need, and with it the other spellings of its lines that were ever dialed, are a customer's, or
 * were put aside.
 *
 * @param plan how telephones are brought to lines
 */
export async function listed(
  wanted: Iterable<Wanted>,
  plan: NumberPlan | undefined,
  give_turn: GiveTurn,
): Promise<Telephones[]> {
  // A line end, and the time.
  const bytesOf = ({ telephone }: Wanted) => Buffer.byteLength(telephone) + 12;
  const lines = lineSql(plan);
  return (await inParts(wanted, plan, bytesOf, give_turn)).map((part) => partOf(part, lines));
}

function partOf(part: readonly Wanted[], lines: LineSql): Telephones {
  const list = `SELECT pair.1 AS telephone, pair.2 AS wanted, '' AS evidence
      FROM (SELECT arrayJoin(arrayZip(splitByChar('\\n', {act_telephones:String}), {act_wanted:Array(UInt32)})) AS pair)`;
  return {
    sql: lines.are_merged
      ? `${list} UNION ALL SELECT telephone, wanted, '' FROM (${otherSpellings(list, lines, 'wanted')})`
      : list,
    params: {
      ...lines.params,
      // They have no control characters. The engines escape texts within an array in different ways.
      act_telephones: part.map(({ telephone }) => telephone).join('\n'),
      act_wanted: `[${part.map(({ until_s }) => until_s).join(',')}]`,
    },
    is_cheap: true,
  };
}

/** Where a telephone may be met. */
const MET_IN = ['held_by_telephone', 'customers_by_telephone', 'hygiene_events_by_telephone'] as const;

/**
 * A SELECT of spellings of the same lines that were met; those of the list may be among them.
 *
 * @param list a SELECT of `telephone`, and of one value beside it
 */
export function otherSpellings(list: string, { line, eachSpelling }: LineSql, beside: string): string {
  const written = `SELECT l_line, ${beside}, ${eachSpelling('l_line')} AS telephone
    FROM (SELECT ${line} AS l_line, ${beside} FROM (${list}))`;
  const met = MET_IN.map(
    (table) => `SELECT telephone FROM ${table}
      WHERE operation_id = {act_operation:UInt32} AND telephone IN (SELECT telephone FROM (${written}))`,
  );
  return `SELECT telephone, ${beside} FROM (${written}) WHERE ${line} = l_line AND telephone IN (${met.join(' UNION ALL ')})`;
}

/** Those that acts have an event of. */
export function ofActs(numbers: readonly number[]): Telephones {
  return {
    sql: `SELECT telephone, toUInt32(0) AS wanted, '' AS evidence FROM hygiene_events
      WHERE operation_id = {act_operation:UInt32} AND act IN (SELECT arrayJoin({act_of:Array(UInt32)}))`,
    params: { act_of: `[${numbers.join(',')}]` },
    is_cheap: true,
  };
}

/** A SELECT of the columns `telephone` (String) and `evidence` (JSON or ''). */
export interface Selected {
  readonly sql: string;
  /** None may begin with `act_`. */
  readonly params: SqlParams;
}

/**
 * Customers' spellings of the lines that an act has taken already, which nobody dialed yet, until one time: for the same act, once the
 * events of those are there.
 */
export function ofTakenLines({ line, params }: LineSql, until_s: number | null): Telephones {
  const taken = `SELECT telephone FROM hygiene_events
    WHERE operation_id = {act_operation:UInt32} AND act = {act_number:UInt32}`;
  return {
    sql: `SELECT DISTINCT telephone, {act_until:UInt32} AS wanted, '' AS evidence FROM customers_by_telephone
      WHERE operation_id = {act_operation:UInt32} AND ${line} IN (SELECT ${line} FROM (${taken})) AND telephone NOT IN (${taken})`,
    params: { ...params, act_until: until_s ?? NEVER_S },
    is_cheap: false,
  };
}

/** Those that the engine selects, all of them until one time. */
export function selected({ sql, params }: Selected, until_s: number | null): Telephones {
  return {
    sql: `SELECT telephone, {act_until:UInt32} AS wanted, evidence FROM (${sql})`,
    params: { ...params, act_until: until_s ?? NEVER_S },
    is_cheap: false,
  };
}
