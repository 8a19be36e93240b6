import type { SettledActs } from '../../accounts/hygiene-acts.js';
import type { SqlParams } from '../../attempts/engine/engine.js';

/** An `until` that never comes: somebody has to restore the telephone. It is the last second of the engine's clock. */
export const NEVER_S = 4_294_967_295;

/**
 * The kind of a hold (`holds.ends`) of `remove_record`; 0 is one whose time only makes it due, and 1 one of `add_dnc`. A telephone has
 * one at most, whose act has the event that says who was removed. Where its `until` is 0 it holds nothing: others have the telephone.
 */
export const REMOVED = 2;

/** Which events of an operation count, and at which time is looked. */
export interface Moment {
  readonly operation_id: number;
  readonly settled: SettledActs;
  /** Seconds since 1970 UTC. */
  readonly at_s: number;
}

/** Values of the blanks in the SQL of this folder: all that begin with `act_`. */
export function momentParams({ operation_id, settled, at_s }: Moment): SqlParams {
  return {
    act_operation: operation_id,
    act_through: settled.through,
    act_without: `[${settled.without.join(',')}]`,
    act_at: at_s,
  };
}

/** Events that count, of either table. */
export const COUNTING =
  'operation_id = {act_operation:UInt32} AND act <= {act_through:UInt32} AND NOT has({act_without:Array(UInt32)}, act)';

/**
 * Of the holds of a telephone, those in force: one of `add_dnc` ends at its time, and any other lasts until a re-test or a restore,
 * as its time only makes it due.
 */
export const inForce = (holds: string): string =>
  `arrayFilter(h -> h.3 = 0 OR h.2 > {act_at:UInt32}, ${holds})`;

/** The hold that lasts longest, and of several the last: `(0, 0, 0)` where there is none. */
export const strongest = (holds: string): string => `arrayReverseSort(h -> (h.2, h.1), ${holds})[1]`;

/**
 * A SELECT of the last event that counts of each telephone: `telephone`, `holds`, `at`, in the order of the telephones. It walks the
 * table, so it reads no more than whoever takes its rows. (An aggregation would read all of it, and `argMax` of lists is slow.)
 *
 * @param where more conditions on `telephone`
 */
export const lastEventsSql = (where: string): string =>
  `SELECT telephone, holds, at FROM hygiene_events_by_telephone WHERE ${COUNTING} AND ${where}
    ORDER BY operation_id, telephone, act DESC LIMIT 1 BY telephone`;

/**
 * A SELECT of the telephones that are put aside: `telephone`, `quarantined_until` (seconds, or NEVER_S), `by_act`, `held_kind` (as in
 * `holds`) of the hold that lasts longest, and `changed_at`, when something last happened to it. In the order of the telephones.
 *
 * @param where more conditions on `telephone`
 * @param of_hold more conditions on these columns
 */
export function putAsideSql(where = '1', limit = '', of_hold = '1'): string {
  return `SELECT telephone, hold.2 AS quarantined_until, hold.1 AS by_act, hold.3 AS held_kind, toUInt32(at) AS changed_at FROM (
      SELECT telephone, ${strongest(inForce('holds'))} AS hold, at FROM (${lastEventsSql(where)}))
    WHERE hold.2 > 0 AND ${of_hold} ${limit}`;
}
