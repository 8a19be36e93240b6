import { hash as sha } from 'node:crypto';
import { type SqlBool, sql, type Transaction } from 'kysely';
import type { AccountsSchema, AccountsStore, CallClaimRow } from './schema.js';

/**
 * Which operation, campaign and import the calls belong to. `import_number` is 0 for calls that come one by one, outside an
 * import.
 */
export type ClaimsOf = Pick<CallClaimRow, 'operation_id' | 'campaign_id' | 'import_number'>;

/** A record of a call, with the time that the record itself gives. */
export interface ClaimedCall {
  /** What names the call. */
  readonly key: string;
  /** Seconds since 1970 UTC. */
  readonly dialed_at_s: number;
  /** An earlier claim of the same call counts as this one when it is no further away than this. */
  readonly within_s: number;
}

/** Claims that are looked up and written in one transaction: some milliseconds of the event loop. */
const CLAIMS_A_TURN = 500;
/** Records that are put into order at once, in some milliseconds. */
const ORDERED_AT_ONCE = 4_000;
/** Records that are hashed before others get their turn: a millisecond. */
const HASHES_A_TURN = 1_000;

/**
 * Claims are ordered by day (of UTC), then by call. So a file in time order, or calls that come as they happen, touch few pages
 * of the table. Ordered by their random names alone, each call would touch a page of its own.
 */
const DAY_S = 24 * 3_600;
const dayOf = (time_s: number) => Math.floor(time_s / DAY_S);

/** 72 bits: in a day of ten million calls, two calls share a hash once in ninety million such days. */
const HASH_CHARS = 12;

interface Claim extends ClaimedCall {
  readonly hash: string;
  /** The day of the call's first record. Sorted by it, all records of a call stay together, in the order in which they came. */
  readonly first_day: number;
  /** The index in the result at which the time that holds is put. */
  readonly at: number;
}

/**
 * Keeps the time under which a call was first taken in, whichever process took it in. A later record of the call whose time is
 * near that one gets that time too. A call may have several times, if they are further apart than that.
 *
 * The first statement of each transaction holds the campaign, so nobody else claims between its look-up and its write.
 */
export class CallClaims {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;

  constructor(db: AccountsStore, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /**
   * Returns the time that holds for each call, in the order of `calls`. It is the earliest time near the call's own that was
   * claimed before, also by an earlier record of `calls`. Where there is none, it is the call's own time, which is claimed now.
   *
   * Claims of an import that was taken back, or is being taken back, hold no more. So somebody who imported a file with the wrong
   * time zone and imports it again gets the right times, also where the two zones differ by less than the records of a call may.
   *
   * @param give_turn awaited between slices of some milliseconds
   * @throws AccountsUnavailable; what was claimed by then stays so
   */
  async claim(
    of: ClaimsOf,
    calls: readonly ClaimedCall[],
    give_turn: () => Promise<unknown>,
  ): Promise<Float64Array> {
    const times_s = new Float64Array(calls.length);
    for (let from = 0; from < calls.length; from += ORDERED_AT_ONCE) {
      const claims = await ordered(calls, from, give_turn);
      // One slice after another: the records of a call may fall into two slices, and the earlier record must be claimed first.
      for (let at = 0; at < claims.length; at += CLAIMS_A_TURN) {
        await give_turn();
        await this.#settle(of, claims.slice(at, at + CLAIMS_A_TURN), times_s);
      }
    }
    await this.#db.synced(); // once for all of them
    return times_s;
  }

  async #settle(of: ClaimsOf, claims: readonly Claim[], times_s: Float64Array): Promise<void> {
    const claimed_at_ms = this.#now_ms();
    await this.#db.unsynced.transaction().execute(async (tx) => {
      await hold(tx, of, claimed_at_ms);
      const known = await knownTimes(tx, of, claims);
      const rows: Row[] = [];
      for (const { hash, dialed_at_s, within_s, at } of claims) {
        const times = known.get(hash) ?? [];
        const near = times.filter((time_s) => Math.abs(time_s - dialed_at_s) <= within_s);
        times_s[at] = near.length > 0 ? Math.min(...near) : dialed_at_s;
        if (near.length > 0) continue;
        known.set(hash, [...times, dialed_at_s]);
        rows.push([callOf(dayOf(dialed_at_s), hash), dialed_at_s]);
      }
      if (rows.length > 0) await insert(tx, of, rows, claimed_at_ms);
    });
  }
}

/** The slice of calls that begins at index `from`, put into the order in which they are claimed. */
async function ordered(
  calls: readonly ClaimedCall[],
  from: number,
  give_turn: () => Promise<unknown>,
): Promise<Claim[]> {
  const first_days = new Map<string, number>();
  const claims: Claim[] = [];
  for (const { key, dialed_at_s, within_s } of calls.slice(from, from + ORDERED_AT_ONCE)) {
    if (claims.length % HASHES_A_TURN === 0) await give_turn();
    const hash = sha('sha256', key, 'base64url').slice(0, HASH_CHARS);
    const first_day = first_days.get(hash) ?? dayOf(dialed_at_s);
    first_days.set(hash, first_day);
    claims.push({ key, dialed_at_s, within_s, hash, first_day, at: from + claims.length });
  }
  await give_turn();
  return claims.sort(
    (a, b) => a.first_day - b.first_day || (a.hash === b.hash ? a.at - b.at : a.hash < b.hash ? -1 : 1),
  );
}

const KEY = ['operation_id', 'campaign_id', 'call', 'dialed_at_s'] as const;

/** The column `call` of a row: the day in five digits, then the hash. */
const callOf = (day: number, hash: string) => `${String(day).padStart(DAY_DIGITS, '0')}${hash}`;
const DAY_DIGITS = 5;

/**
 * Writes a row of the campaign that stands for no call. So nobody else claims calls of the campaign until the transaction ends.
 */
async function hold(tx: Transaction<AccountsSchema>, of: ClaimsOf, claimed_at_ms: number): Promise<void> {
  await tx
    .insertInto('call_claims')
    .values({ ...of, call: '', dialed_at_s: 0, import_number: 0, claimed_at_ms })
    .onConflict((conflict) => conflict.columns(KEY).doUpdateSet({ claimed_at_ms }))
    .execute();
}

/** The times under which the calls were claimed, by hash. Only days whose times may be near enough are looked up. */
async function knownTimes(
  tx: Transaction<AccountsSchema>,
  { operation_id, campaign_id }: ClaimsOf,
  claims: readonly Claim[],
): Promise<Map<string, number[]>> {
  const calls = new Set<string>();
  for (const { hash, dialed_at_s, within_s } of claims) {
    const last = dayOf(dialed_at_s + within_s);
    for (let day = dayOf(dialed_at_s - within_s); day <= last; day += 1) calls.add(callOf(day, hash));
  }
  const rows = await tx
    .selectFrom(rowsOf(Array.from(calls, (call): Row => [call, 0])))
    // In this order the database looks up the claims that may be near. In the other it would read all claims.
    .crossJoin('call_claims as c')
    .select(['c.call', 'c.dialed_at_s'])
    .where('c.operation_id', '=', operation_id)
    .where('c.campaign_id', '=', campaign_id)
    .whereRef('c.call', '=', 'rows.key')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('imports as i')
            .select('i.id')
            .whereRef('i.operation_id', '=', 'c.operation_id')
            .whereRef('i.number', '=', 'c.import_number')
            .where('i.state', 'in', ['undoing', 'undone']),
        ),
      ),
    )
    .execute();
  const known = new Map<string, number[]>();
  for (const { call, dialed_at_s } of rows) {
    const hash = call.slice(DAY_DIGITS);
    const times = known.get(hash);
    if (times) times.push(Number(dialed_at_s));
    else known.set(hash, [Number(dialed_at_s)]);
  }
  return known;
}

async function insert(
  tx: Transaction<AccountsSchema>,
  { operation_id, campaign_id, import_number }: ClaimsOf,
  rows: readonly Row[],
  claimed_at_ms: number,
): Promise<void> {
  await tx
    .insertInto('call_claims')
    .columns([...KEY, 'import_number', 'claimed_at_ms'])
    .expression((eb) =>
      eb
        .selectFrom(rowsOf(rows))
        .select([
          eb.val(operation_id).as('operation_id'),
          eb.val(campaign_id).as('campaign_id'),
          'rows.key',
          sql<number>`CAST(CAST(value AS text) AS bigint)`.as('time_s'),
          eb.val(import_number).as('import_number'),
          eb.val(claimed_at_ms).as('claimed_at_ms'),
        ])
        // Without a WHERE, SQLite would take ON CONFLICT for the condition of a join.
        .where(sql<SqlBool>`true`),
    )
    // The same claim may still be there, from an import that was taken back.
    .onConflict((conflict) =>
      conflict.columns(KEY).doUpdateSet((eb) => ({
        import_number: eb.ref('excluded.import_number'),
        claimed_at_ms: eb.ref('excluded.claimed_at_ms'),
      })),
    )
    .execute();
}

/** The column `call` of a row, and its time in seconds. */
type Row = readonly [call: string, dialed_at_s: number];

/**
 * The rows as a table, in one parameter that both databases can read. So the statement is prepared once. A list of values would
 * be parsed each time, which would cost more than all the rest. A name may appear twice in the object: both databases return
 * both.
 */
function rowsOf(rows: readonly Row[]) {
  const object = `{${rows.map(([call, dialed_at_s]) => `"${call}":${dialed_at_s}`).join()}}`;
  return sql<{ key: string; value: unknown }>`json_each(${object})`.as('rows');
}
