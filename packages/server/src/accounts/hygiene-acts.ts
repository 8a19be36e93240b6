import { RecuentoError } from '@recuento/contract';
import { type SqlBool, sql, type Transaction } from 'kysely';
import { holdOperation } from './operations.js';
import { orderedId } from './ordered-id.js';
import type { Owed } from './owed.js';
import type { AccountsDatabase, AccountsSchema, HygieneActKind, HygieneActRow } from './schema.js';

/** What an act is to do, and why. Times are milliseconds since 1970 UTC. */
export interface NewAct {
  readonly kind: HygieneActKind;
  readonly reason: string;
  /** JSON of the rule that chose its telephones. */
  readonly rule?: string;
  /** The token's id, `admin`, or `recuento` where it comes by itself. */
  readonly by: string;
  /** Until when its telephones are put aside; null is until somebody restores them, or each has a time of its own. */
  readonly until_ms?: number | null;
  /** Whether that time ends it, as of `add_dnc`. Otherwise the telephones are due for a re-test then. */
  readonly ends?: boolean;
  /** The act may not begin when one of its kind was made at this time or later. */
  readonly none_since_ms?: number;
}

/** An act that is under way: this node's, until `end` or `drop`. */
export interface BegunAct {
  readonly operation_id: number;
  readonly number: number;
  readonly at_ms: number;
}

/** An act that is done. */
export interface DoneAct {
  readonly number: number;
  readonly kind: HygieneActKind;
  readonly reason: string;
  readonly rule: string | null;
  readonly by: string;
  readonly at_ms: number;
}

/** An act that is done, with what it did. */
export interface ToldAct extends DoneAct {
  /** Until when all of its telephones are put aside; null where there is no such time. */
  readonly until_ms: number | null;
  /** How many stood in another way since. */
  readonly telephones: number;
}

/** Which acts of an operation count: all up to `through`, except `without`. */
export interface SettledActs {
  readonly through: number;
  readonly without: readonly number[];
}

/** An act of which telephones are due. */
export interface DueAct {
  readonly number: number;
  /** Whether its time ends it. */
  readonly ends: boolean;
}

/** Word for word as in the index `hygiene_acts_dropped`. */
const IS_DROPPED = sql<SqlBool>`state = 'dropped'`;
/** Word for word as in the index `hygiene_acts_due`. */
const IS_DUE_SOMETIME = sql<SqlBool>`due_ms IS NOT NULL`;

/**
 * Acts of list hygiene, one of an operation after another, whichever node makes them. An act begins here before anything of it
 * reaches the engine, and counts only when it is done: its rows in the engine are passed over until then. One that its node could
 * not finish is dropped, and its number is not given again.
 */
export class HygieneActs {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;
  readonly #node: string;
  readonly #owed: Owed;

  constructor(db: AccountsDatabase, now_ms: () => number, node: string, owed: Owed) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
    this.#owed = owed;
  }

  /**
   * Begins an act, and so keeps all others of the operation from beginning.
   *
   * @returns `busy` while another act is under way; `too soon` where `none_since_ms` says so
   */
  async begin(operation_id: number, act: NewAct): Promise<BegunAct | 'busy' | 'too soon'> {
    return this.#db.transaction().execute(async (tx) => {
      await holdOperation(tx, operation_id);
      const last = await lastOf(tx, operation_id);
      if (last?.state === 'begun') return 'busy';
      if (act.none_since_ms !== undefined) {
        const before = await lastOf(tx, operation_id, act.kind);
        if (before !== undefined && Number(before.at_ms) >= act.none_since_ms) return 'too soon';
      }
      const number = (last?.number ?? 0) + 1;
      const at_ms = this.#now_ms();
      await tx
        .insertInto('hygiene_acts')
        .values({
          operation_id,
          number,
          kind: act.kind,
          reason: act.reason,
          rule: act.rule ?? null,
          by: act.by,
          at_ms,
          until_ms: act.until_ms ?? null,
          ends: act.ends ? 1 : 0,
          due_ms: null,
          telephones: 0,
          state: 'begun',
          node: this.#node,
        })
        .execute();
      return { operation_id, number, at_ms };
    });
  }

  /**
   * Makes an act count, all of it. From now on it is never taken back.
   *
   * @param due_ms when telephones of it come up first; null is never
   * @returns whether it counts: it does not where this node was taken for dead meanwhile
   */
  async end({ operation_id, number }: BegunAct, telephones: number, due_ms: number | null): Promise<boolean> {
    return this.#db.transaction().execute(async (tx) => {
      const ended = await tx
        .updateTable('hygiene_acts')
        .set({ state: 'done', telephones, due_ms })
        .where('operation_id', '=', operation_id)
        .where('number', '=', number)
        .where('node', '=', this.#node)
        .where('state', '=', 'begun')
        .returning(['by', 'kind', 'at_ms', 'ends'])
        .executeTakeFirst();
      if (!ended) return false;
      // Dialers send `add_dnc` all day: the history has that.
      if (ended.by !== BY_ITSELF && ended.ends === 0) await note(tx, operation_id, number, ended);
      return true;
    });
  }

  /** Whether it is still this node's to make. A node that stood still asks before it gives the engine anything. */
  async isOwn({ operation_id, number }: BegunAct): Promise<boolean> {
    const own = await this.#db
      .selectFrom('hygiene_acts')
      .select('number')
      .where('operation_id', '=', operation_id)
      .where('number', '=', number)
      .where('node', '=', this.#node)
      .where('state', '=', 'begun')
      .executeTakeFirst();
    return own !== undefined;
  }

  /**
   * Drops an act that could not be finished. Where the accounts cannot be written, it is done later: until then the operation's other
   * acts wait.
   *
   * @param has_rows whether rows of it may be in the engine
   */
  async drop({ operation_id, number }: BegunAct, has_rows: boolean): Promise<void> {
    const work = async () => {
      await this.#drop(operation_id, number, has_rows);
    };
    await this.#owed.settle(`dropping act ${number} of operation ${operation_id}`, work);
  }

  async #drop(operation_id: number, number: number, has_rows: boolean): Promise<void> {
    await this.#db
      .updateTable('hygiene_acts')
      .set({ state: has_rows ? 'dropped' : 'cleared' })
      .where('operation_id', '=', operation_id)
      .where('number', '=', number)
      .where('node', '=', this.#node)
      .where('state', '=', 'begun')
      .execute();
  }

  /** Which acts count now. Acts that are done later have higher numbers. */
  async settled(operation_id: number): Promise<SettledActs> {
    const done = await this.#db
      .selectFrom('hygiene_acts')
      .select((eb) => eb.fn.max('number').as('number'))
      .where('operation_id', '=', operation_id)
      .where('state', '=', 'done')
      .executeTakeFirst();
    const through = Number(done?.number ?? 0);
    // Read after that: acts up to it that are dropped were dropped before.
    const dropped = await this.#db
      .selectFrom('hygiene_acts')
      .select('number')
      .where('operation_id', '=', operation_id)
      .where(IS_DROPPED)
      .where('number', '<=', through)
      .execute();
    return { through, without: dropped.map(({ number }) => number) };
  }

  /** Acts that are done, by number. */
  async named(operation_id: number, numbers: readonly number[]): Promise<Map<number, DoneAct>> {
    const found = new Map<number, DoneAct>();
    for (let at = 0; at < numbers.length; at += NUMBERS_AT_ONCE) {
      const rows = await this.#db
        .selectFrom('hygiene_acts')
        .select(['number', 'kind', 'reason', 'rule', 'by', 'at_ms'])
        .where('operation_id', '=', operation_id)
        .where('number', 'in', numbers.slice(at, at + NUMBERS_AT_ONCE))
        .execute();
      for (const row of rows) found.set(row.number, { ...row, at_ms: Number(row.at_ms) });
    }
    return found;
  }

  /**
   * Acts that are done, the newest first.
   *
   * @param without_ends leaves out those of `add_dnc`
   */
  async list(
    operation_id: number,
    {
      before,
      limit,
      without_ends = false,
    }: { readonly before?: number | undefined; readonly limit: number; readonly without_ends?: boolean },
  ): Promise<ToldAct[]> {
    let query = this.#db
      .selectFrom('hygiene_acts')
      .select(['number', 'kind', 'reason', 'rule', 'by', 'at_ms', 'until_ms', 'telephones'])
      .where('operation_id', '=', operation_id)
      .where('state', '=', 'done');
    // A number of ten digits may be more than the column takes; there is no such act.
    if (before !== undefined) query = query.where('number', '<', Math.min(before, NUMBER_MAX));
    if (without_ends) query = query.where('ends', '=', 0);
    const rows = await query.orderBy('number', 'desc').limit(limit).execute();
    return rows.map((row) => ({
      ...row,
      at_ms: Number(row.at_ms),
      until_ms: row.until_ms === null ? null : Number(row.until_ms),
      telephones: Number(row.telephones),
    }));
  }

  /** @throws RecuentoError unknown-resource, where no such act put telephones aside */
  async quarantineNumbered(operation_id: number, number: number): Promise<DoneAct> {
    const act = await this.#db
      .selectFrom('hygiene_acts')
      .select(['number', 'kind', 'reason', 'rule', 'by', 'at_ms'])
      .where('operation_id', '=', operation_id)
      .where('number', '=', number)
      .where('kind', '=', 'quarantine')
      .where('state', '=', 'done')
      .executeTakeFirst();
    if (!act) throw new RecuentoError('unknown-resource', { values: { resource: 'QUARANTINE' } });
    return { ...act, at_ms: Number(act.at_ms) };
  }

  /** Operations of which telephones are due, those that wait longest first. */
  async operationsDue(now_ms: number, limit: number): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('hygiene_acts')
      .select('operation_id')
      .where(IS_DUE_SOMETIME)
      .where('due_ms', '<=', now_ms)
      .groupBy('operation_id')
      .orderBy((eb) => eb.fn.min('due_ms'))
      .limit(limit)
      .execute();
    return rows.map(({ operation_id }) => operation_id);
  }

  /** The acts of an operation of which telephones are due, those that wait longest first. */
  async due(operation_id: number, now_ms: number, limit: number): Promise<DueAct[]> {
    const rows = await this.#db
      .selectFrom('hygiene_acts')
      .select(['number', 'ends'])
      .where(IS_DUE_SOMETIME)
      .where('due_ms', '<=', now_ms)
      .where('operation_id', '=', operation_id)
      .orderBy('due_ms')
      .limit(limit)
      .execute();
    return rows.map(({ number, ends }) => ({ number, ends: ends !== 0 }));
  }

  /** Notes when telephones of acts come up next; null is never. */
  async setDue(operation_id: number, numbers: readonly number[], due_ms: number | null): Promise<void> {
    for (let at = 0; at < numbers.length; at += NUMBERS_AT_ONCE) {
      await this.#db
        .updateTable('hygiene_acts')
        .set({ due_ms })
        .where('operation_id', '=', operation_id)
        .where('number', 'in', numbers.slice(at, at + NUMBERS_AT_ONCE))
        .execute();
    }
  }

  /** When the last act of a kind was made; undefined: there is none. */
  async lastOfKind(operation_id: number, kind: HygieneActKind): Promise<number | undefined> {
    const last = await lastOf(this.#db, operation_id, kind);
    return last && Number(last.at_ms);
  }

  /** Acts that were dropped and began before a time: nothing of them can still come into the engine. */
  async toClear(before_ms: number, limit: number): Promise<{ operation_id: number; number: number }[]> {
    return this.#db
      .selectFrom('hygiene_acts')
      .select(['operation_id', 'number'])
      .where(IS_DROPPED)
      .where('at_ms', '<', before_ms)
      .orderBy('operation_id')
      .limit(limit)
      .execute();
  }

  /** Notes that no row of these acts is in the engine. */
  async cleared(operation_id: number, numbers: readonly number[]): Promise<void> {
    await this.#db
      .updateTable('hygiene_acts')
      .set({ state: 'cleared' })
      .where('operation_id', '=', operation_id)
      .where('number', 'in', numbers)
      .where(IS_DROPPED)
      .execute();
  }
}

/** Who makes acts that come by themselves. */
export const BY_ITSELF = 'recuento';

/** As much as the column has room for. */
const NUMBER_MAX = 2 ** 31 - 1;

/** Parameters of one statement: far fewer than either database takes. */
const NUMBERS_AT_ONCE = 500;

/** The last act of an operation in any state, or the last that is done of a kind. */
async function lastOf(
  db: AccountsDatabase | Transaction<AccountsSchema>,
  operation_id: number,
  kind?: HygieneActKind,
): Promise<Pick<HygieneActRow, 'number' | 'state' | 'at_ms'> | undefined> {
  let query = db
    .selectFrom('hygiene_acts')
    .select(['number', 'state', 'at_ms'])
    .where('operation_id', '=', operation_id);
  if (kind !== undefined) query = query.where('kind', '=', kind).where('state', '=', 'done');
  return query.orderBy('number', 'desc').limit(1).executeTakeFirst();
}

/** What people did is in the audit too. */
async function note(
  tx: Transaction<AccountsSchema>,
  operation_id: number,
  number: number,
  { by, kind, at_ms }: Pick<HygieneActRow, 'by' | 'kind' | 'at_ms'>,
): Promise<void> {
  const at = Number(at_ms);
  await tx
    .insertInto('audit')
    .values({
      id: orderedId(at),
      operation_id,
      at_ms: at,
      by,
      action: `hygiene.${kind}`,
      subject: String(number),
    })
    .execute();
}
