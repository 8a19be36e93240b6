import { orderedId } from './ordered-id.js';
import type { AccountsDatabase } from './schema.js';

/** What is known of a delivery without its rows. */
export interface PendingDelivery {
  readonly id: string;
  readonly operation_id: number;
  readonly bytes: number;
}

/** Parameters of one statement: far fewer than either database takes. */
const IDS_AT_ONCE = 500;

/**
 * Deliveries that are durable here and not in the store of the attempts yet: what a local journal is to an embedded store, for
 * nodes that have no disk of their own. Each is one node's, which brings it to the store; when that node dies, or stops, another
 * does.
 */
export class PendingDeliveries {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;
  readonly #node: string;

  constructor(db: AccountsDatabase, now_ms: () => number, node: string) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
  }

  /**
   * Resolves with its id when it is durable. It is this node's.
   *
   * @throws AccountsUnavailable; it may be there all the same, where the connection broke before that was told
   */
  async add(operation_id: number, rows: Buffer): Promise<string> {
    const now = this.#now_ms();
    const id = orderedId(now);
    await this.#db
      .insertInto('pending_deliveries')
      .values({
        id,
        operation_id,
        node: this.#node,
        bytes: rows.length,
        created_at_ms: now,
        aside: null,
        rows,
      })
      .execute();
    return id;
  }

  /** Those that this node has to bring to the store, the oldest first. */
  async own(): Promise<PendingDelivery[]> {
    return this.#db
      .selectFrom('pending_deliveries')
      .select(['id', 'operation_id', 'bytes'])
      .where('node', '=', this.#node)
      .where('aside', 'is', null)
      .orderBy('id')
      .execute();
  }

  /** The rows of one, whosever it is; undefined when it is there no more. */
  async read(id: string): Promise<Buffer | undefined> {
    const row = await this.#db
      .selectFrom('pending_deliveries')
      .select('rows')
      .where('id', '=', id)
      .executeTakeFirst();
    return row && Buffer.from(row.rows);
  }

  /**
   * Forgets those that are in the store now.
   *
   * @returns those that were not this node's to forget: another took them over, and may have stored them too
   */
  async done(ids: readonly string[]): Promise<string[]> {
    const others = new Set(ids);
    for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
      const deleted = await this.#db
        .deleteFrom('pending_deliveries')
        .where('node', '=', this.#node)
        .where('id', 'in', ids.slice(at, at + IDS_AT_ONCE))
        .returning('id')
        .execute();
      for (const { id } of deleted) others.delete(id);
    }
    return [...others];
  }

  /** One of this node's is tried no more: a person has to look at it. */
  async setAside(id: string, reason: string): Promise<void> {
    await this.#db
      .updateTable('pending_deliveries')
      .set({ aside: reason })
      .where('id', '=', id)
      .where('node', '=', this.#node)
      .execute();
  }

  /** How much was set aside, by all nodes. */
  async aside(): Promise<{ readonly entries: number; readonly bytes: number }> {
    const { entries, bytes } = await this.#db
      .selectFrom('pending_deliveries')
      .select(({ fn }) => [fn.countAll().as('entries'), fn.sum('bytes').as('bytes')])
      .where('aside', 'is not', null)
      .executeTakeFirstOrThrow();
    return { entries: Number(entries), bytes: Number(bytes ?? 0) };
  }

  /** Those of an operation that are on their way to the store, of all nodes, the oldest first. */
  async idsOf(operation_id: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('pending_deliveries')
      .select('id')
      .where('operation_id', '=', operation_id)
      .where('aside', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  }
}
