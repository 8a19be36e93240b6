import type { Engine } from '../../attempts/engine/engine.js';
import { UNDO } from './decisions.js';
import { decidedCountsSql } from './fill.js';
import { type Reading, readRows } from './read-rows.js';
import { inForce, lastEventsSql, type Moment, momentParams } from './standing.js';
import { ofActs } from './telephones.js';

/** How many telephones acts hold now, by their numbers. Only the events of the telephones that they took are looked at. */
export async function heldByActs(
  engine: Engine,
  moment: Moment,
  numbers: readonly number[],
  reading: Reading,
): Promise<ReadonlyMap<number, number>> {
  if (numbers.length === 0) return new Map();
  const taken = `SELECT telephone FROM hygiene_events
    WHERE operation_id = {act_operation:UInt32} AND act IN (SELECT arrayJoin({act_of:Array(UInt32)}))`;
  const rows = await readRows<[act: number, telephones: number]>(
    engine,
    moment.operation_id,
    {
      sql: `SELECT hold.1 AS act, toUInt32(count()) FROM (${lastEventsSql(`telephone IN (${taken})`)})
        ARRAY JOIN ${inForce('holds')} AS hold
        WHERE hold.2 > 0 AND has({act_of:Array(UInt32)}, hold.1) GROUP BY act`,
      params: { ...momentParams(moment), act_of: `[${numbers.join(',')}]` },
    },
    reading,
  );
  return new Map(rows);
}

/** What undoing an act would do now. */
export interface UndoCounts {
  readonly changed: number;
  /** Of these, how many nothing holds any more. */
  readonly dialed_again: number;
}

export async function countUndo(
  engine: Engine,
  moment: Moment,
  number: number,
  reading: Reading,
): Promise<UndoCounts> {
  const statement = decidedCountsSql({
    decision: UNDO,
    telephones: ofActs([number]),
    moment,
    params: { act_undone: number },
  });
  const [row] = await readRows<[changed: number, dialed_again: number]>(
    engine,
    moment.operation_id,
    statement,
    reading,
  );
  const [changed = 0, dialed_again = 0] = row ?? [];
  return { changed, dialed_again };
}
