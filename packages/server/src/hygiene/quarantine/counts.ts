import { type HeldByCall, HOLDS_LISTED_MAX } from '@recuento/contract';
import type { Accounts } from '../../accounts/accounts.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { type ActFacts, actFacts } from './act-facts.js';
import { type Reading, readRows } from './read-rows.js';
import { nextRetest } from './retests.js';
import { type Moment, momentParams, NEVER_S, putAsideSql, REMOVED } from './standing.js';

const SOON_S = 7 * 86_400;

/** What puts telephones aside: an act, or calls of the documented API, however many they were. */
export interface CountedHold {
  readonly held_by: number | HeldByCall;
  /** Of an act. */
  readonly facts: ActFacts | undefined;
  readonly telephones: number;
  readonly telephones_due: number;
}

/** How many telephones are put aside. Times are seconds since 1970 UTC. */
export interface QuarantineCounts {
  readonly telephones: number;
  readonly without_time: number;
  readonly due: number;
  readonly due_soon: number;
  readonly next_due_s: number | undefined;
  readonly next_retest: { readonly at_s: number; readonly telephones: number } | undefined;
  /** Those of the most telephones. */
  readonly holds: readonly CountedHold[];
}

interface Stores {
  readonly engine: Engine;
  readonly accounts: Pick<Accounts, 'hygieneActs'>;
}

type Row = [kind: number, act: number, n: number, due: number, ...totals: Totals];
type Totals = [all: number, without_time: number, due: number, soon: number, next_due: number];

const IS_DUE = 'held_kind = 0 AND quarantined_until <= {act_at:UInt32}';
const IS_TO_COME = `held_kind = 0 AND quarantined_until > {act_at:UInt32} AND quarantined_until < ${NEVER_S}`;

/** Counts all that is put aside: a walk over the operation's last events, and one row for each hold that is listed. */
export async function countPutAside(
  { engine, accounts }: Stores,
  moment: Moment,
  reading: Reading,
): Promise<QuarantineCounts> {
  const { operation_id, at_s } = moment;
  const rows = await readRows<Row>(
    engine,
    operation_id,
    {
      sql: `SELECT kind, act, n, due, ${['n', 'never', 'due', 'soon'].map((column) => `toUInt32(sum(${column}) OVER ())`).join(', ')},
          min(next_due) OVER ()
        FROM (SELECT held_kind AS kind, if(held_kind = 0, by_act, 0) AS act, toUInt32(count()) AS n,
            toUInt32(countIf(quarantined_until = ${NEVER_S})) AS never, toUInt32(countIf(${IS_DUE})) AS due,
            toUInt32(countIf(${IS_TO_COME} AND quarantined_until <= {act_at:UInt32} + ${SOON_S})) AS soon,
            min(if(${IS_TO_COME}, quarantined_until, ${NEVER_S})) AS next_due
          FROM (${putAsideSql()}) GROUP BY kind, act)
        ORDER BY n DESC, kind, act DESC LIMIT ${HOLDS_LISTED_MAX}`,
      params: momentParams(moment),
    },
    reading,
  );
  const [, , , , telephones = 0, without_time = 0, due = 0, due_soon = 0, next = NEVER_S] = rows[0] ?? [];
  const factsOf = await actFacts(
    { hygieneActs: accounts.hygieneActs },
    operation_id,
    rows.filter(([kind]) => kind === 0).map(([, act]) => act),
  );
  const last_ms = await accounts.hygieneActs.lastOfKind(operation_id, 'retest');
  return {
    telephones,
    without_time,
    due,
    due_soon,
    next_due_s: next === NEVER_S ? undefined : next,
    next_retest: due === 0 ? undefined : nextRetest(due, last_ms, at_s),
    holds: rows.map(([kind, act, n, act_due]) => ({
      held_by: kind === 0 ? act : kind === REMOVED ? 'remove_record' : 'add_dnc',
      facts: kind === 0 ? factsOf(act) : undefined,
      telephones: n,
      telephones_due: act_due,
    })),
  };
}
