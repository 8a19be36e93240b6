import { randomUUID } from 'node:crypto';
import { RecuentoError } from '@recuento/contract';
import type { Transaction } from 'kysely';
import { PATIENCE } from '../admission/patience.js';
import { dayAt } from '../time/wall-clock.js';
import type { Operation } from './operations.js';
import type { Owed } from './owed.js';
import type { AccountsSchema, AccountsStore } from './schema.js';
import type { TokenHolder } from './tokens.js';

/** An operation's calls of the day: how many it may make, how many are left, and the seconds until its next midnight. */
export interface Quota {
  readonly limit: number;
  readonly left: number;
  readonly reset_s: number;
}

/** A call that was let in: it holds one of its token's slots until it is released. */
export interface Lease {
  readonly quota: Quota;
  /** Resolves when the call's count is on disk. Nothing of its reply may be sent before. @throws AccountsUnavailable */
  readonly counted: Promise<void>;
  /** Frees the slot, now or, where that fails, later. A second call does nothing. Never rejects. */
  readonly release: () => Promise<void>;
}

/**
 * A slot outlives its call's time limit by this much before it no longer counts. It must be longer than the reply of a slow reader may
 * take, or that token would get a slot too many. (The slots of a node that died are freed earlier, by whoever takes it over.)
 */
const LEASE_GRACE_MS = PATIENCE.reader_total_ms + 60_000;

/**
 * Counts the calls of the documented API and shares out slots.
 *
 * A call is counted before it runs, and the count is on disk before its reply is sent. So the only calls that a kill leaves
 * counted and unanswered were in flight, and a power cut forgets no call that was answered. A slot need not be on disk: the node
 * that takes over a dead one frees its slots.
 *
 * Both are exact under concurrency: they change in one transaction, whose first statement locks the operation's row of the day.
 * There is one exception. While the clocks of two nodes stand on both sides of midnight, they lock different rows, and a token
 * may get one slot too many. Each day lets in one call at a time, and that call does not see the slot which a call of the other
 * day is just taking.
 */
export class Calls {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;
  readonly #node: string;
  readonly #owed: Owed;

  constructor(db: AccountsStore, now_ms: () => number, node: string, owed: Owed) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
    this.#owed = owed;
  }

  /**
   * Counts a call and takes a slot of its token.
   *
   * @throws RecuentoError quota-exceeded (not counted), too-many-simultaneous (counted); AccountsUnavailable
   */
  async admit(holder: TokenHolder): Promise<Lease> {
    const { operation, token } = holder;
    const { quota, lease_id } = await this.#db.unsynced.transaction().execute(async (tx) => {
      const quota = await this.#count(tx, holder);
      return { quota, lease_id: await this.#takeSlot(tx, operation, token.id) };
    });
    const counted = this.#db.synced();
    if (lease_id === undefined) {
      await counted;
      throw new RecuentoError('too-many-simultaneous', {
        values: { limit: operation.limits.max_simultaneous },
        retry_after_s: 1,
      });
    }
    counted.catch(() => undefined); // reported to whoever awaits it
    let released = false;
    const release = async () => {
      if (released) return;
      released = true;
      await this.#owed.settle(`the release of slot ${lease_id}`, async () => {
        await this.#db.unsynced.deleteFrom('leases').where('id', '=', lease_id).execute();
      });
    };
    return { quota, counted, release };
  }

  /** Counts a call that ends before it needs a slot. @throws RecuentoError quota-exceeded */
  async count(holder: TokenHolder): Promise<Quota> {
    return this.#db.transaction().execute((tx) => this.#count(tx, holder));
  }

  /** Calls of today: the operation's and each token's. */
  async today(
    operation: Operation,
  ): Promise<{ day: string; quota: Quota; tokens: ReadonlyMap<string, number> }> {
    const { day, seconds_left } = dayAt(this.#now_ms(), operation.time_zone);
    const used = await this.#db
      .selectFrom('operation_usage')
      .select('calls')
      .where('operation_id', '=', operation.id)
      .where('day', '=', day)
      .executeTakeFirst();
    const tokens = await this.#db
      .selectFrom('token_usage')
      .innerJoin('tokens', 'tokens.id', 'token_usage.token_id')
      .select(['token_usage.token_id', 'token_usage.calls'])
      .where('tokens.operation_id', '=', operation.id)
      .where('token_usage.day', '=', day)
      .execute();
    const limit = dayLimit(operation);
    return {
      day,
      quota: { limit, left: Math.max(0, limit - (used?.calls ?? 0)), reset_s: seconds_left },
      tokens: new Map(tokens.map((row) => [row.token_id, row.calls])),
    };
  }

  async #count(tx: Transaction<AccountsSchema>, { operation, token }: TokenHolder): Promise<Quota> {
    const limit = dayLimit(operation);
    const { day, seconds_left } = dayAt(this.#now_ms(), operation.time_zone);
    const counted = await tx
      .insertInto('operation_usage')
      .values({ operation_id: operation.id, day, calls: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['operation_id', 'day'])
          .doUpdateSet((eb) => ({ calls: eb('operation_usage.calls', '+', 1) }))
          // The limit may be larger than the column's type: a million calls for each of many licences.
          .where((eb) => eb('operation_usage.calls', '<', eb.cast<number>(eb.val(limit), 'bigint'))),
      )
      .returning('calls')
      .executeTakeFirst();
    if (!counted) throw new RecuentoError('quota-exceeded', { retry_after_s: seconds_left });
    await tx
      .insertInto('token_usage')
      .values({ token_id: token.id, day, calls: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['token_id', 'day'])
          .doUpdateSet((eb) => ({ calls: eb('token_usage.calls', '+', 1) })),
      )
      .execute();
    return { limit, left: limit - counted.calls, reset_s: seconds_left };
  }

  async #takeSlot(
    tx: Transaction<AccountsSchema>,
    operation: Operation,
    token_id: string,
  ): Promise<string | undefined> {
    const now = this.#now_ms();
    const { held } = await tx
      .selectFrom('leases')
      .select((eb) => eb.fn.countAll<number>().as('held'))
      .where('token_id', '=', token_id)
      .where('expires_at_ms', '>', now)
      .executeTakeFirstOrThrow();
    if (Number(held) >= operation.limits.max_simultaneous) return undefined;
    const id = randomUUID();
    const expires_at_ms = now + operation.limits.max_call_ms + LEASE_GRACE_MS;
    await tx.insertInto('leases').values({ id, token_id, node: this.#node, expires_at_ms }).execute();
    return id;
  }
}

/** "Número de licencias multiplicado por 1000" (seed page). */
function dayLimit(operation: Operation): number {
  return operation.licences * operation.limits.calls_per_licence;
}
