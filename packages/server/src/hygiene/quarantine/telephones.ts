import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { SqlParams } from '../../attempts/engine/engine.js';
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

/** Bytes of telephones in one statement, before they are escaped: a statement may have 2 MiB (`MAX_QUERY_SIZE`), escaping may double them twice. */
const LIST_MAX_BYTES = 192 * 1024;
/** Telephones that are written out before others get their turn. */
const A_TURN = { items: 2_000, bytes: 64 * 1024 };

/**
 * A list, in as many parts as statements need. Each telephone is in one part, once: where it comes twice, the later one holds.
 */
export async function listed(wanted: Iterable<Wanted>, give_turn: GiveTurn): Promise<Telephones[]> {
  const turns = new Turns(A_TURN, give_turn);
  const untils = new Map<string, number>();
  for (const { telephone, until_s } of wanted) {
    if (turns.isOver(telephone.length)) await turns.give();
    untils.set(telephone, until_s);
  }
  const parts: Telephones[] = [];
  let part: Wanted[] = [];
  let bytes = 0;
  for (const [telephone, until_s] of untils) {
    const size = Buffer.byteLength(telephone) + 12; // a line end and the time
    if (bytes + size > LIST_MAX_BYTES) {
      parts.push(partOf(part));
      await turns.give();
      part = [];
      bytes = 0;
    }
    part.push({ telephone, until_s });
    bytes += size;
  }
  if (part.length > 0) parts.push(partOf(part));
  return parts;
}

function partOf(part: readonly Wanted[]): Telephones {
  return {
    sql: `SELECT pair.1 AS telephone, pair.2 AS wanted, '' AS evidence
      FROM (SELECT arrayJoin(arrayZip(splitByChar('\\n', {act_telephones:String}), {act_wanted:Array(UInt32)})) AS pair)`,
    params: {
      // They have no control characters. The engines escape texts within an array in different ways.
      act_telephones: part.map(({ telephone }) => telephone).join('\n'),
      act_wanted: `[${part.map(({ until_s }) => until_s).join(',')}]`,
    },
    is_cheap: true,
  };
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

/** Those that the engine selects, all of them until one time. */
export function selected({ sql, params }: Selected, until_s: number | null): Telephones {
  return {
    sql: `SELECT telephone, {act_until:UInt32} AS wanted, evidence FROM (${sql})`,
    params: { ...params, act_until: until_s ?? NEVER_S },
    is_cheap: false,
  };
}
