import type { Transaction } from 'kysely';
import { askingForTheService } from './asker.js';
import { ImportTakenOver } from './imports.js';
import { orderedId } from './ordered-id.js';
import type { AccountsDatabase, AccountsSchema } from './schema.js';
import { AccountsUnavailable } from './unavailable.js';

/** What is known of a delivery without its rows. */
export interface PendingDelivery {
  readonly id: string;
  readonly operation_id: number;
  /** Numbers of the imports whose rows it has; empty for an upload. */
  readonly imports: readonly number[];
  readonly bytes: number;
}

/** Parameters of one statement: far fewer than either database takes. */
const IDS_AT_ONCE = 500;

/**
 * Deliveries that are durable here and not in the attempt store yet. They are for nodes without a disk of their own what the
 * journal is for an embedded store. Each belongs to one node, which brings it to the store; when that node dies, or stops,
 * another one does.
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
   * Adds a delivery of this node. Resolves with its id when it is durable.
   *
   * @param from numbers of the imports whose rows they are, and claims of the keys of their uploads
   * @throws ImportTakenOver where one of the imports was interrupted, or is taken back; AccountsUnavailable where another node
   * has a key by now, and where the accounts fail: then the delivery may be there all the same, if the connection broke before
   * the commit was confirmed
   */
  async add(
    operation_id: number,
    { imports, claims }: { readonly imports: readonly number[]; readonly claims: readonly number[] },
    rows: Buffer,
  ): Promise<string> {
    const now = this.#now_ms();
    const row = {
      id: orderedId(now),
      operation_id,
      node: this.#node,
      imports: JSON.stringify(imports),
      bytes: rows.length,
      created_at_ms: now,
      aside: null,
      rows,
    };
    if (imports.length === 0 && claims.length === 0) {
      await this.#db.insertInto('pending_deliveries').values(row).execute();
      return row.id;
    }
    await this.#db.transaction().execute(async (tx) => {
      await this.#holdOwn(tx, operation_id, imports);
      await this.#holdClaims(tx, operation_id, claims);
      await tx.insertInto('pending_deliveries').values(row).execute();
    });
    return row.id;
  }

  /**
   * Locks the imports until the transaction ends. Nobody begins to take one back meanwhile, so an undo finds all that its import
   * brought.
   */
  async #holdOwn(
    tx: Transaction<AccountsSchema>,
    operation_id: number,
    imports: readonly number[],
  ): Promise<void> {
    for (let at = 0; at < imports.length; at += IDS_AT_ONCE) {
      const some = imports.slice(at, at + IDS_AT_ONCE);
      const { numUpdatedRows } = await tx
        .updateTable('imports')
        .set({ node: this.#node })
        .where('operation_id', '=', operation_id)
        .where('number', 'in', some)
        .where('node', '=', this.#node)
        .where('state', 'not in', ['interrupted', 'undoing', 'undone'])
        .executeTakeFirst();
      if (numUpdatedRows < some.length) throw new ImportTakenOver(`an import of ${some} is not this node's`);
    }
  }

  /**
   * Locks the keys until the transaction ends, so that nobody takes them over meanwhile. Where another node has taken one over,
   * that node stores the same upload. Storing it here as well would undo corrections that came since.
   */
  async #holdClaims(
    tx: Transaction<AccountsSchema>,
    operation_id: number,
    claims: readonly number[],
  ): Promise<void> {
    for (let at = 0; at < claims.length; at += IDS_AT_ONCE) {
      const some = claims.slice(at, at + IDS_AT_ONCE);
      const { numUpdatedRows } = await tx
        .updateTable('idempotency_keys')
        .set({ node: this.#node })
        .where('operation_id', '=', operation_id)
        .where('node', '=', this.#node)
        .where('claim', 'in', some)
        .executeTakeFirst();
      if (numUpdatedRows < some.length)
        throw new AccountsUnavailable('busy', 'a key is another node’s by now');
    }
  }

  /** The deliveries that this node has to bring to the store, the oldest first. */
  async own(): Promise<PendingDelivery[]> {
    const own = this.#db
      .selectFrom('pending_deliveries')
      .select(['id', 'operation_id', 'imports', 'bytes'])
      .where('node', '=', this.#node)
      .where('aside', 'is', null)
      .orderBy('id');
    const rows = await askingForTheService(() => own.execute());
    return rows.map((row) => ({ ...row, imports: importsOf(row) }));
  }

  /** The rows of a delivery of this node; undefined when it is gone, or another node's. */
  async read(id: string): Promise<Buffer | undefined> {
    const found = this.#db
      .selectFrom('pending_deliveries')
      .select('rows')
      .where('id', '=', id)
      .where('node', '=', this.#node);
    const row = await askingForTheService(() => found.executeTakeFirst());
    return row && Buffer.from(row.rows);
  }

  /**
   * Forgets entries that are in the store now. They may be of several operations, so none of them is asked for.
   *
   * @returns those that are not this node's any more: another took them over, and may have stored them too
   */
  async done(ids: readonly string[]): Promise<string[]> {
    const others = new Set(ids);
    for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
      const stored = this.#db
        .deleteFrom('pending_deliveries')
        .where('node', '=', this.#node)
        .where('id', 'in', ids.slice(at, at + IDS_AT_ONCE))
        .returning('id');
      for (const { id } of await askingForTheService(() => stored.execute())) others.delete(id);
    }
    return [...others];
  }

  /** A delivery of this node is tried no more: a person has to look at it. */
  async setAside(id: string, reason: string): Promise<void> {
    const own = this.#db
      .updateTable('pending_deliveries')
      .set({ aside: reason })
      .where('id', '=', id)
      .where('node', '=', this.#node);
    await askingForTheService(() => own.execute());
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

  /** Ids of the deliveries, of all nodes, that have rows of an import and are on their way to the store; the oldest first. */
  async idsOf(operation_id: number, import_number: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('pending_deliveries')
      .select(['id', 'imports'])
      .where('operation_id', '=', operation_id)
      .where('aside', 'is', null)
      .orderBy('id')
      .execute();
    return rows.filter((row) => importsOf(row).includes(import_number)).map(({ id }) => id);
  }
}

function importsOf({ imports }: { readonly imports: string }): readonly number[] {
  return JSON.parse(imports);
}
