import type { HeldByCall } from '@recuento/contract';
import type { Accounts } from '../../accounts/accounts.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { type ActFacts, actFacts } from './act-facts.js';
import { type Reading, readRows } from './read-rows.js';
import { type Moment, momentParams, NEVER_S, putAsideSql, REMOVED } from './standing.js';

/** A telephone that is put aside. */
export interface PutAside extends Omit<ActFacts, 'act_at_s'> {
  readonly telephone: string;
  /** Seconds since 1970 UTC; null is until somebody restores it. */
  readonly until_s: number | null;
  /** The act that put it aside until then, and when. */
  readonly id: number;
  readonly at_s: number;
}

/** Which of them: all, or one telephone, or those that a campaign dialed, or that something holds. */
export interface PutAsideFilter {
  readonly telephone?: string | undefined;
  readonly campaign_id?: number | undefined;
  /** Only what this act, or calls of this name, put aside longest. */
  readonly held_by?: number | HeldByCall | undefined;
  /** Only those whose time has come. */
  readonly is_due?: boolean;
  /** The last telephone of the page before; `''` to start. */
  readonly after: string;
  readonly limit: number;
}

/** The telephones that are put aside, in byte order. */
export async function readPutAside(
  { engine, accounts }: { readonly engine: Engine; readonly accounts: Pick<Accounts, 'hygieneActs'> },
  moment: Moment,
  { telephone, campaign_id, held_by, is_due = false, after, limit }: PutAsideFilter,
  reading: Reading,
): Promise<PutAside[]> {
  const { operation_id } = moment;
  const where = [
    'telephone > {after:String}',
    ...(telephone === undefined ? [] : ['telephone = {telephone:String}']),
    // Its attempts, also those that another import outranks: a telephone that was dialed under any of them.
    ...(campaign_id === undefined
      ? []
      : [
          `telephone IN (SELECT telephone FROM held_by_campaign
            WHERE operation_id = {act_operation:UInt32} AND campaign_id = {campaign_id:UInt32} AND telephone > {after:String})`,
        ]),
    ...(typeof held_by === 'number'
      ? [
          `telephone IN (SELECT telephone FROM hygiene_events
            WHERE operation_id = {act_operation:UInt32} AND act = {held_by:UInt32} AND telephone > {after:String})`,
        ]
      : []),
  ];
  const of_hold = [
    ...(held_by === undefined ? [] : [`held_kind = ${kindOf(held_by)}`]),
    ...(typeof held_by === 'number' ? ['by_act = {held_by:UInt32}'] : []),
    ...(is_due ? ['held_kind = 0 AND quarantined_until <= {act_at:UInt32}'] : []),
  ];
  const rows = await readRows<[telephone: string, until: number, by_act: number, changed_at: number]>(
    engine,
    operation_id,
    {
      sql: `SELECT telephone, quarantined_until, by_act, changed_at FROM (${putAsideSql(where.join(' AND '), 'LIMIT {limit:UInt32}', of_hold.join(' AND ') || '1')})`,
      params: {
        ...momentParams(moment),
        after,
        limit,
        ...(telephone !== undefined && { telephone }),
        ...(campaign_id !== undefined && { campaign_id }),
        ...(typeof held_by === 'number' && { held_by }),
      },
    },
    reading,
  );
  const ids = rows.map(([, , id]) => id);
  const factsOf = await actFacts(accounts, operation_id, ids);
  return rows.map(([found, until, id, changed_at_s]) => {
    const { act_at_s, ...facts } = factsOf(id);
    const until_s = until === NEVER_S ? null : until;
    return { telephone: found, until_s, id, at_s: act_at_s || changed_at_s, ...facts };
  });
}

/** The kind of a hold, as `holds` has it. */
const kindOf = (held_by: number | HeldByCall): number =>
  held_by === 'add_dnc' ? 1 : held_by === 'remove_record' ? REMOVED : 0;
