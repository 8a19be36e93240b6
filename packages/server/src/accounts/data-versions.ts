import { randomInt } from 'node:crypto';
import { type SqlBool, sql } from 'kysely';
import type { AccountsDatabase } from './schema.js';

/**
 * By how much an operation's own number rises when a node dies: by more than it can have risen, and been sent to somebody, in one
 * sync of the disk. A power cut takes such a rise back, and a version that somebody has seen must never stand for other data. The
 * numbers of hours and customers need no such rise: a version is made of all three numbers, and nobody has seen theirs together
 * with the new one. How much more it rises is random: accounts that are restored from a copy must not come to numbers that were
 * in use after the copy was made.
 */
const RAISED_AFTER_A_DEATH = { least: 1_000, below: 2 ** 40 };

/** Where the version of all campaigns together is kept; no campaign has this number. */
const ALL_CAMPAIGNS = 0;

const HOUR_S = 3_600;

/** Hours that a report reads of the attempts: those of one campaign, or of all where none is named. */
export interface Read {
  readonly operation_id: number;
  readonly campaign_id: number | undefined;
  /** In seconds since 1970 UTC; `until_s` is not read. */
  readonly from_s: number;
  readonly until_s: number;
  /** Whether it reads customers too. */
  readonly customers: boolean;
}

/** What a change touched. */
export type Change =
  /** Attempts that were dialed in these hours since 1970 UTC, by campaign. */
  | { readonly kind: 'attempts'; readonly hours: ReadonlyMap<number, ReadonlySet<number>> }
  /** Customers of a campaign. */
  | { readonly kind: 'customers'; readonly campaign_id: number }
  /** Unknown, or too much to be listed. */
  | { readonly kind: 'anything' };

/** The key of an hour's row. */
type Key = { readonly operation_id: number; readonly campaign_id: number; readonly hour: number };

/**
 * Numbers that rise when attempts or customers change: what an ETag stands on. There is one for each hour of each campaign in
 * which somebody was dialed, so that the version of yesterday's report stays while today is dialed. Hours are those of UTC: they
 * stay the same when the operation's time zone changes.
 *
 * They rise after a change is visible and before it is acknowledged. A report reads them before its data. So it may show newer
 * data under older numbers, which costs one more run, but never older data under newer ones.
 */
export class DataVersions {
  readonly #db: AccountsDatabase;
  /**
   * Operations with a rise that failed, and the number of the last such failure. No version of theirs may be given until all has
   * risen.
   */
  readonly #owed = new Map<number, number>();
  #failures = 0;

  constructor(db: AccountsDatabase) {
    this.#db = db;
  }

  /**
   * A text that changes whenever the data that is read changes.
   *
   * @throws AccountsUnavailable, also while a rise is owed and fails again
   */
  async of({ operation_id, campaign_id = ALL_CAMPAIGNS, from_s, until_s, customers }: Read): Promise<string> {
    if (this.#owed.has(operation_id)) await this.raise(operation_id, { kind: 'anything' });
    // The numbers of hours only rise, so their sum changes when one of them rises.
    const row = await this.#db
      .selectNoFrom((eb) => [
        eb
          .selectFrom('data_versions')
          .select('version')
          .where('operation_id', '=', operation_id)
          .as('anything'),
        eb
          .selectFrom('hour_versions')
          .select(({ fn }) => fn.sum('version').as('sum'))
          .where('operation_id', '=', operation_id)
          .where('campaign_id', '=', campaign_id)
          .where('hour', '>=', Math.floor(from_s / HOUR_S))
          .where('hour', '<', Math.ceil(until_s / HOUR_S))
          .as('attempts'),
        eb
          .selectFrom('customer_versions')
          .select('version')
          .where('operation_id', '=', operation_id)
          .where('campaign_id', '=', campaign_id)
          .as('customers'),
      ])
      .executeTakeFirstOrThrow();
    const numbers = [row.anything, row.attempts, ...(customers ? [row.customers] : [])];
    return numbers.map((version) => String(version ?? 0)).join(' ');
  }

  async raise(operation_id: number, change: Change): Promise<void> {
    const owed = this.#owed.get(operation_id);
    try {
      await this.#rise(operation_id, change);
    } catch (error) {
      this.#failures += 1;
      this.#owed.set(operation_id, this.#failures);
      throw error;
    }
    // A rise that failed meanwhile may be of a change that came after this rise: it stays owed.
    if (change.kind === 'anything' && this.#owed.get(operation_id) === owed) this.#owed.delete(operation_id);
  }

  async #rise(operation_id: number, change: Change): Promise<void> {
    if (change.kind === 'anything') await raiseAny(this.#db, operation_id, 1);
    else if (change.kind === 'customers') await this.#riseCustomers(operation_id, change.campaign_id);
    else if (change.hours.size > 0) await this.#riseHours([...keysOf(operation_id, change.hours)]);
  }

  async #riseCustomers(operation_id: number, campaign_id: number): Promise<void> {
    await this.#db
      .insertInto('customer_versions')
      .values([campaign_id, ALL_CAMPAIGNS].map((id) => ({ operation_id, campaign_id: id, version: 1 })))
      .onConflict((conflict) =>
        conflict
          .columns(['operation_id', 'campaign_id'])
          .doUpdateSet((eb) => ({ version: eb('customer_versions.version', '+', 1) })),
      )
      .execute();
  }

  async #riseHours(keys: readonly Key[]): Promise<void> {
    // Sorted, so that two connections never wait for each other's rows.
    const ordered = keys.toSorted((a, b) => a.campaign_id - b.campaign_id || a.hour - b.hour);
    await this.#db
      .insertInto('hour_versions')
      .values(ordered.map((key) => ({ ...key, version: 1 })))
      .onConflict((conflict) =>
        conflict
          .columns(['operation_id', 'campaign_id', 'hour'])
          .doUpdateSet((eb) => ({ version: eb('hour_versions.version', '+', 1) })),
      )
      .execute();
  }

  /** Whether a rise is owed. Then this node must end like one that was killed, so that another raises everything. */
  get areOwed(): boolean {
    return this.#owed.size > 0;
  }
}

/** Raises the numbers of all operations: after a kill an upload may be visible whose number has not risen. */
export async function raiseAll(db: AccountsDatabase): Promise<void> {
  const by = randomInt(RAISED_AFTER_A_DEATH.least, RAISED_AFTER_A_DEATH.below);
  await db
    .insertInto('data_versions')
    .columns(['operation_id', 'version'])
    .expression((eb) =>
      eb
        .selectFrom('operations')
        .select(['operations.id', eb.cast<number>(eb.val(by), 'bigint').as('version')])
        // Without a WHERE, SQLite would take ON CONFLICT for the condition of a join.
        .where(sql<SqlBool>`true`)
        .orderBy('operations.id'),
    )
    .onConflict((conflict) =>
      conflict
        .column('operation_id')
        .doUpdateSet((eb) => ({ version: eb('data_versions.version', '+', eb.ref('excluded.version')) })),
    )
    .execute();
}

/** Raises the number that the versions of all reports of the operation contain. */
async function raiseAny(db: AccountsDatabase, operation_id: number, by: number): Promise<void> {
  await db
    .insertInto('data_versions')
    .values({ operation_id, version: by })
    .onConflict((conflict) =>
      conflict
        .column('operation_id')
        .doUpdateSet((eb) => ({ version: eb('data_versions.version', '+', by) })),
    )
    .execute();
}

/** The hours of each campaign, and of all of them together. */
function* keysOf(operation_id: number, hours: ReadonlyMap<number, ReadonlySet<number>>): Generator<Key> {
  const all = new Set<number>();
  for (const [campaign_id, own] of hours) {
    for (const hour of own) {
      all.add(hour);
      yield { operation_id, campaign_id, hour };
    }
  }
  for (const hour of all) yield { operation_id, campaign_id: ALL_CAMPAIGNS, hour };
}
