import type { CampaignDetails } from '@recuento/contract';
import type { AccountsDatabase } from './schema.js';

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

  /** Creates those that are not there yet: a campaign exists from its first attempt on. */
  async ensure(operation_id: number, campaign_ids: Iterable<number>): Promise<void> {
    const unknown = [...new Set(campaign_ids)].filter((id) => !this.#known.has(`${operation_id}/${id}`));
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

  /** Those with numbers above `after`, `limit` of them at most, in the order of their numbers. */
  async page(operation_id: number, after: number, limit: number): Promise<Campaign[]> {
    return this.#db
      .selectFrom('campaigns')
      .select(['campaign_id', 'name', 'type'])
      .where('operation_id', '=', operation_id)
      .where('campaign_id', '>', after)
      .orderBy('campaign_id')
      .limit(limit)
      .execute();
  }

  async find(operation_id: number, campaign_id: number): Promise<Campaign | undefined> {
    return this.#db
      .selectFrom('campaigns')
      .select(['campaign_id', 'name', 'type'])
      .where('operation_id', '=', operation_id)
      .where('campaign_id', '=', campaign_id)
      .executeTakeFirst();
  }

  /** How many there are. */
  async count(operation_id: number): Promise<number> {
    const { campaigns } = await this.#db
      .selectFrom('campaigns')
      .select((eb) => eb.fn.countAll().as('campaigns'))
      .where('operation_id', '=', operation_id)
      .executeTakeFirstOrThrow();
    return Number(campaigns);
  }

  /** In the order of their numbers. */
  async list(operation_id: number): Promise<Campaign[]> {
    return this.#db
      .selectFrom('campaigns')
      .select(['campaign_id', 'name', 'type'])
      .where('operation_id', '=', operation_id)
      .orderBy('campaign_id')
      .execute();
  }
}

/** Rows of one INSERT: five parameters each, well below SQLite's 32,766. */
const INSERT_ROWS = 1_000;
/** About 10 MB of memory; beyond it the set starts anew. */
const KNOWN_MAX = 100_000;
