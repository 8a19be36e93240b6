import type { EventKind, WebhookFailure } from '@recuento/contract';
import type { AccountsStore } from './schema.js';
import { type Sending, type Webhook, webhookOf } from './webhooks.js';

/** A webhook that something is to be done for. */
export interface DueWebhook {
  readonly id: string;
  readonly operation_id: number;
}

/** A webhook of this node, with the server code of its operation. */
export interface OwnWebhook extends Webhook {
  readonly server: string;
}

/**
 * Webhooks as the node sees them that delivers them. Each write has the condition that the webhook is still this node's, and that
 * the post is the one that it speaks of. So a node that was taken for dead moves no position.
 *
 * Nothing here waits for the disk: after a power cut some posts are repeated, which receivers expect.
 */
export class WebhookDeliveries {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;
  readonly #node: string;

  constructor(db: AccountsStore, now_ms: () => number, node: string) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
  }

  /** This node's webhooks whose time has come, the longest overdue first. */
  async due(limit: number): Promise<DueWebhook[]> {
    return this.#db
      .selectFrom('webhooks')
      .select(['id', 'operation_id'])
      .where('node', '=', this.#node)
      .where('next_try_ms', '<=', this.#now_ms())
      .orderBy('next_try_ms')
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  /** The webhook as it is now; undefined when it is deleted, or not this node's. */
  async own(id: string): Promise<OwnWebhook | undefined> {
    const row = await this.#db
      .selectFrom('webhooks')
      .innerJoin('operations', 'operations.id', 'webhooks.operation_id')
      .selectAll('webhooks')
      .select('operations.server')
      .where('webhooks.id', '=', id)
      .where('webhooks.node', '=', this.#node)
      .executeTakeFirst();
    return row && { ...webhookOf(row), server: row.server };
  }

  /**
   * Notes a post before it is sent, so that whoever repeats it sends the same events under the same id.
   *
   * @returns whether this node may send it
   */
  async begin({ id }: Webhook, { event, count, since_ms }: Sending): Promise<boolean> {
    const { numUpdatedRows } = await this.#ofThisNode(id)
      .set({ sending_event: event, sending_count: count, sending_since_ms: since_ms })
      .where('sending_event', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /**
   * Notes that the receiver has what was sent. The next look is at once.
   *
   * @param position up to where it has this kind of events now
   * @returns whether it was still this node's
   */
  async delivered({ id, positions }: Webhook, sending: Sending, position: string): Promise<boolean> {
    const moved: Partial<Record<EventKind, string>> = { ...positions, [sending.event]: position };
    const { numUpdatedRows } = await this.#ofThisNode(id)
      .set({
        positions: JSON.stringify(moved),
        sending_event: null,
        sending_count: null,
        sending_since_ms: null,
        failures: 0,
        failing_since_ms: null,
        last_success_ms: this.#now_ms(),
        next_try_ms: 0,
      })
      .where('sending_event', '=', sending.event)
      .where('sending_since_ms', '=', sending.since_ms)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Notes that a post was not taken. It is repeated after `wait_ms`. */
  async failed(
    { id, failures, failing_since_ms }: Webhook,
    { failure, status }: { readonly failure: WebhookFailure; readonly status: number | null },
    wait_ms: number,
  ): Promise<void> {
    const now = this.#now_ms();
    await this.#ofThisNode(id)
      .set({
        failures: failures + 1,
        failing_since_ms: failing_since_ms ?? now,
        last_failure_ms: now,
        last_failure: failure,
        last_status: status,
        next_try_ms: now + wait_ms,
      })
      .execute();
  }

  /** Puts off the next look, unless there may be more since `webhook` was read. */
  async rest({ id, asked }: Webhook, wait_ms: number): Promise<void> {
    await this.#ofThisNode(id)
      .set({ next_try_ms: this.#now_ms() + wait_ms })
      .where('asked', '=', asked)
      .execute();
  }

  /** There may be more for the webhooks of an operation, whichever node has them. What fails is not tried earlier by this. */
  async ask(operation_id: number): Promise<void> {
    await this.#db.unsynced
      .updateTable('webhooks')
      .set((eb) => ({ asked: eb('asked', '+', 1), next_try_ms: 0 }))
      .where('operation_id', '=', operation_id)
      .where('failures', '=', 0)
      .execute();
  }

  /** Has a webhook tried now, whichever node has it, also one that fails. */
  async wake(id: string): Promise<void> {
    await this.#db.unsynced
      .updateTable('webhooks')
      .set((eb) => ({ asked: eb('asked', '+', 1), next_try_ms: 0 }))
      .where('id', '=', id)
      .execute();
  }

  #ofThisNode(id: string) {
    return this.#db.unsynced.updateTable('webhooks').where('id', '=', id).where('node', '=', this.#node);
  }
}
