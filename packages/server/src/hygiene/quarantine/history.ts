import type { Accounts } from '../../accounts/accounts.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { type ActFacts, actFacts } from './act-facts.js';
import { type EventAction, type EventPlace, untilOf } from './event.js';
import { type Reading, readRows } from './read-rows.js';
import { COUNTING, type Moment, momentParams } from './standing.js';

/** Something that happened to a telephone. */
export interface HistoryEntry extends EventPlace, Omit<ActFacts, 'act_at_s'> {
  readonly action: EventAction;
  readonly at_s: number;
  /** As in `Change`. */
  readonly until_s: number | null;
  /** What was known about the telephone, where the act says so. */
  readonly evidence: Record<string, unknown> | null;
}

export interface HistoryFilter {
  readonly telephone?: string | undefined;
  /** The last entry of the page before. */
  readonly before?: EventPlace | undefined;
  readonly limit: number;
}

/** What happened, the newest act first, and within an act from the last telephone on. */
export async function readHistory(
  { engine, accounts }: { readonly engine: Engine; readonly accounts: Pick<Accounts, 'hygieneActs'> },
  moment: Moment,
  { telephone, before, limit }: HistoryFilter,
  reading: Reading,
): Promise<HistoryEntry[]> {
  const table = telephone === undefined ? 'hygiene_events' : 'hygiene_events_by_telephone';
  // Backward in the order of the table. FINAL would read it whole; equal rows are as well one by LIMIT BY.
  const newestFirst =
    telephone === undefined
      ? 'ORDER BY operation_id DESC, act DESC, telephone DESC'
      : 'ORDER BY operation_id DESC, telephone DESC, act DESC';
  const where = [
    COUNTING,
    ...(telephone === undefined ? [] : ['telephone = {telephone:String}']),
    ...(before
      ? [
          'act <= {before_act:UInt32} AND (act < {before_act:UInt32} OR telephone < {before_telephone:String})',
        ]
      : []),
  ];
  const rows = await readRows<[number, string, EventAction, number, number, string]>(
    engine,
    moment.operation_id,
    {
      sql: `SELECT act, telephone, action, toUInt32(at), until, evidence FROM ${table}
        WHERE ${where.join(' AND ')} ${newestFirst} LIMIT 1 BY act, telephone LIMIT {limit:UInt32}`,
      params: {
        ...momentParams(moment),
        limit,
        ...(telephone !== undefined && { telephone }),
        ...(before && { before_act: before.act, before_telephone: before.telephone }),
      },
    },
    reading,
  );
  const numbers = rows.map(([act]) => act);
  const factsOf = await actFacts(accounts, moment.operation_id, numbers);
  return rows.map(([act, found, action, at_s, until, evidence]) => {
    const { act_at_s: _, ...facts } = factsOf(act);
    return {
      act,
      telephone: found,
      action,
      at_s,
      until_s: untilOf(until),
      evidence: evidence === '' ? null : JSON.parse(evidence),
      ...facts,
    };
  });
}
