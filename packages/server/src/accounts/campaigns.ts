import { type CampaignDetails, CREATED_CAMPAIGNS, MAX_CAMPAIGNS, RecuentoError } from '@recuento/contract';
import type { Transaction } from 'kysely';
import { holdOperation } from './operations.js';
import type { AccountsDatabase, AccountsSchema } from './schema.js';

export interface Campaign {
  readonly campaign_id: number;
  readonly name: string | null;
  readonly type: string | null;
}

export class Campaigns {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;
  /** Campaigns known to be there (`operation/campaign`), so that ingest asks the database only for new ones. */
  readonly #known = new Set<string>();

  constructor(db: AccountsDatabase, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /** Creates or changes a campaign; what `details` leaves out stays. */
  async put(operation_id: number, campaign_id: number, details: CampaignDetails): Promise<Campaign> {
    const given = {
      ...(details.name !== undefined && { name: details.name }),
      ...(details.type !== undefined && { type: details.type }),
    };
    const row = {
      operation_id,
      campaign_id,
      name: null,
      type: null,
      created_at_ms: this.#now_ms(),
      ...given,
    };
    return this.#db
      .insertInto('campaigns')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['operation_id', 'campaign_id']).doUpdateSet({ campaign_id, ...given }),
      )
      .returning(['campaign_id', 'name', 'type'])
      .executeTakeFirstOrThrow();
  }

  /**
   * Creates a campaign with a new number from the range `CREATED_CAMPAIGNS`.
   *
   * @throws RecuentoError too-many-campaigns
   */
  async create(operation_id: number, name: string, type: CampaignDetails['type']): Promise<Campaign> {
    return this.#db.transaction().execute(async (tx) => {
      await holdOperation(tx, operation_id); // nobody else counts its campaigns, or takes the same number
      if (await hasAsMany(tx, operation_id, MAX_CAMPAIGNS))
        throw new RecuentoError('too-many-campaigns', { values: { limit: MAX_CAMPAIGNS } });
      for (;;) {
        const campaign_id = await freeNumber(tx, operation_id);
        const campaign = { campaign_id, name, type: type ?? null };
        const row = { operation_id, ...campaign, created_at_ms: this.#now_ms() };
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('campaigns')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        // An upload may have created this very campaign meanwhile. Then the next look finds a higher number.
        if (numInsertedOrUpdatedRows !== 0n) return campaign;
      }
    });
  }

  /** Creates the campaigns that do not exist yet: a campaign exists from its first attempt on. */
  async ensure(operation_id: number, campaign_ids: Iterable<number>): Promise<void> {
    // Sorted, so that two uploads with the same new campaigns never wait for each other's rows.
    const unknown = [...new Set(campaign_ids)]
      .filter((id) => !this.#known.has(`${operation_id}/${id}`))
      .sort((a, b) => a - b);
    const created_at_ms = this.#now_ms();
    for (let at = 0; at < unknown.length; at += INSERT_ROWS) {
      const rows = unknown.slice(at, at + INSERT_ROWS).map((campaign_id) => ({
        operation_id,
        campaign_id,
        name: null,
        type: null,
        created_at_ms,
      }));
      await this.#db
        .insertInto('campaigns')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    if (this.#known.size + unknown.length > KNOWN_MAX) this.#known.clear();
    for (const id of unknown) this.#known.add(`${operation_id}/${id}`);
  }

  /**
   * The campaigns with numbers above `after`, in the order of their numbers, a page at a time: a dialer may make any number of
   * them, and a page is read on the event loop. It is up to the reader to let others take turns between two pages.
   */
  async *pages(operation_id: number, after: number): AsyncGenerator<readonly Campaign[], void, undefined> {
    for (let last = after; ; ) {
      const page = await this.#db
        .selectFrom('campaigns')
        .select(['campaign_id', 'name', 'type'])
        .where('operation_id', '=', operation_id)
        .where('campaign_id', '>', last)
        .orderBy('campaign_id')
        .limit(PAGE_ROWS)
        .execute();
      if (page.length > 0) yield page;
      if (page.length < PAGE_ROWS) return;
      last = page.at(-1)?.campaign_id ?? last;
    }
  }

  /** How many campaigns there are, as counts of parts to be added up: counting blocks the event loop as reading does. */
  async *counts(operation_id: number): AsyncGenerator<number, void, undefined> {
    for (let after = 0; ; ) {
      const { campaigns, last } = await this.#db
        .selectFrom((eb) =>
          eb
            .selectFrom('campaigns')
            .select('campaign_id')
            .where('operation_id', '=', operation_id)
            .where('campaign_id', '>', after)
            .orderBy('campaign_id')
            .limit(COUNTED_ROWS)
            .as('part'),
        )
        .select((eb) => [eb.fn.countAll().as('campaigns'), eb.fn.max('campaign_id').as('last')])
        .executeTakeFirstOrThrow();
      yield Number(campaigns);
      if (Number(campaigns) < COUNTED_ROWS) return;
      after = Number(last);
    }
  }

  async find(operation_id: number, campaign_id: number): Promise<Campaign | undefined> {
    return this.#db
      .selectFrom('campaigns')
      .select(['campaign_id', 'name', 'type'])
      .where('operation_id', '=', operation_id)
      .where('campaign_id', '=', campaign_id)
      .executeTakeFirst();
  }
}

/** Whether the operation has at least so many campaigns. No more than those are counted. */
async function hasAsMany(
  tx: Transaction<AccountsSchema>,
  operation_id: number,
  campaigns: number,
): Promise<boolean> {
  const nth = await tx
    .selectFrom('campaigns')
    .select('campaign_id')
    .where('operation_id', '=', operation_id)
    .orderBy('campaign_id')
    .offset(campaigns - 1)
    .limit(1)
    .executeTakeFirst();
  return nth !== undefined;
}

/**
 * The number after the highest campaign whose next number is free. The range has a hundred thousand times more numbers than an
 * operation may have campaigns.
 */
async function freeNumber(tx: Transaction<AccountsSchema>, operation_id: number): Promise<number> {
  const { first, last } = CREATED_CAMPAIGNS;
  const { highest } = await tx
    .selectFrom('campaigns as one')
    .leftJoin('campaigns as next', (join) =>
      join
        .onRef('next.operation_id', '=', 'one.operation_id')
        .on((eb) => eb('next.campaign_id', '=', eb('one.campaign_id', '+', 1))),
    )
    .select((eb) => eb.fn.max('one.campaign_id').as('highest'))
    .where('one.operation_id', '=', operation_id)
    .where('one.campaign_id', '>=', first)
    .where('one.campaign_id', '<', last)
    .where('next.campaign_id', 'is', null)
    .executeTakeFirstOrThrow();
  return highest === null ? first : Number(highest) + 1;
}

/** Campaigns that are read in one go: two milliseconds or so. */
const PAGE_ROWS = 1_000;
/** Campaigns that are counted in one go: a tenth of the work of reading as many. */
const COUNTED_ROWS = 10_000;
/** Rows of one INSERT: five parameters each, well below SQLite's 32,766. */
const INSERT_ROWS = 1_000;
/** About 10 MB of memory; beyond it the set starts anew. */
const KNOWN_MAX = 100_000;
