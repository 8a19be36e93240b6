import type { GiveTurn } from '../admission/turns.js';
import type { Identity } from './attempt-rows.js';
import type { Engine } from './engine/engine.js';
import { eachLine } from './reply-lines.js';

/** A key that all attempts of a call to one telephone share, whatever their time. */
export function callKey({ attempt_id, telephone }: Pick<Identity, 'attempt_id' | 'telephone'>): string {
  return `${attempt_id}\n${telephone}`;
}

/**
 * The times at which the store has these calls dialed, by `callKey`: seconds since 1970 UTC, the earliest first. It looks from
 * `within_s` before the earliest of the given calls to `within_s` after the latest.
 *
 * @throws EngineTimeout, EngineUnavailable
 */
export async function callTimes(
  engine: Engine,
  operation_id: number,
  campaign_id: number,
  calls: readonly Identity[],
  within_s: number,
  give_turn: GiveTurn,
): Promise<Map<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  for (const { ids, from_s, to_s } of partsOf(calls)) {
    const bytes = await engine.read({
      sql: TIMES_SQL,
      params: {
        operation_id,
        campaign_id,
        ids,
        from_s: Math.max(0, from_s - within_s),
        to_s: to_s + within_s,
      },
      fair_key: `operation ${operation_id}`,
      max_ms: READ_MAX_MS,
    });
    const take = (line: string) => {
      const [attempt_id, telephone, dialed_at_s]: [string, string, number] = JSON.parse(line);
      const key = callKey({ attempt_id, telephone });
      const times = found.get(key);
      if (times) times.push(dialed_at_s);
      else found.set(key, [dialed_at_s]);
    };
    await eachLine(bytes, take, give_turn);
  }
  return found;
}

/** As long as an insert may take: on a busy store, imports read and insert in turns. */
const READ_MAX_MS = 120_000;
/** Ids of one statement: they are one bound parameter, and a server takes 1 MiB of parameters by default. */
const IDS_MAX_CHARS = 256 * 1024;

const TIMES_SQL = `SELECT DISTINCT attempt_id, telephone, toUInt32(dialed_at) AS dialed_at_s
  FROM told
  WHERE operation_id = {operation_id:UInt32} AND campaign_id = {campaign_id:UInt32}
    AND dialed_at >= toDateTime({from_s:UInt32}, 'UTC') AND dialed_at <= toDateTime({to_s:UInt32}, 'UTC')
    AND attempt_hash IN (SELECT sipHash64(arrayJoin(splitByChar('\\n', {ids:String}))))
  ORDER BY dialed_at_s
  FORMAT JSONCompactEachRow`;

/** Splits the identities into statements: for each, the ids, one a line, and the span of their times. */
function* partsOf(
  identities: Iterable<Pick<Identity, 'attempt_id' | 'dialed_at_s'>>,
): Generator<{ ids: string; from_s: number; to_s: number }> {
  let ids: string[] = [];
  let chars = 0;
  let from_s = Number.POSITIVE_INFINITY;
  let to_s = 0;
  for (const { attempt_id, dialed_at_s } of identities) {
    if (chars + attempt_id.length > IDS_MAX_CHARS && ids.length > 0) {
      yield { ids: ids.join('\n'), from_s, to_s };
      ids = [];
      chars = 0;
      from_s = Number.POSITIVE_INFINITY;
      to_s = 0;
    }
    ids.push(attempt_id);
    chars += attempt_id.length + 1;
    from_s = Math.min(from_s, dialed_at_s);
    to_s = Math.max(to_s, dialed_at_s);
  }
  if (ids.length > 0) yield { ids: ids.join('\n'), from_s, to_s };
}
