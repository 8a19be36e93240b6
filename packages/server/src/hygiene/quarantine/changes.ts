import type { Engine } from '../../attempts/engine/engine.js';
import { type EventAction, type EventPlace, untilOf } from './event.js';
import { type Reading, readRows } from './read-rows.js';
import { COUNTING, type Moment, momentParams } from './standing.js';

/** What changed for a telephone. Seconds since 1970 UTC. */
export interface Change extends EventPlace {
  readonly action: EventAction;
  readonly at_s: number;
  /** Until when it is put aside; null is until somebody restores it, and after a restore and a re-test. */
  readonly until_s: number | null;
}

/**
 * Changes after a place, in the order of acts and then of telephones. Acts that are done later have higher numbers, so who goes on
 * after the last one misses none and sees none twice.
 */
export async function readChanges(
  engine: Engine,
  moment: Moment,
  { act, telephone }: EventPlace,
  limit: number,
  reading: Reading,
): Promise<Change[]> {
  const rows = await readRows<[number, string, EventAction, number, number]>(
    engine,
    moment.operation_id,
    {
      // The act alone is named first: with it the engine goes at once to where the page begins.
      sql: `SELECT act, telephone, action, toUInt32(at), until FROM hygiene_events
        WHERE ${COUNTING} AND act >= {act:UInt32} AND (act > {act:UInt32} OR telephone > {telephone:String}) AND changed = 1
        ORDER BY operation_id, act, telephone LIMIT 1 BY act, telephone LIMIT {limit:UInt32}`,
      params: { ...momentParams(moment), act, telephone, limit },
    },
    reading,
  );
  return rows.map(([number, found, action, at_s, until]) => ({
    act: number,
    telephone: found,
    action,
    at_s,
    until_s: untilOf(until),
  }));
}
