import {
  EVENT_KINDS,
  type EventKind,
  MAX_WEBHOOKS,
  RecuentoError,
  WEBHOOK_FAILURES,
  type WebhookFailure,
} from '@recuento/contract';
import type { Selectable } from 'kysely';
import { holdOperation } from './operations.js';
import { orderedId } from './ordered-id.js';
import type { AccountsSchema, AccountsStore, WebhookRow } from './schema.js';

/** A post that is under way, or is repeated until the receiver takes it. */
export interface Sending {
  readonly event: EventKind;
  /** How many events it has, so that a repeated post is the same post. */
  readonly count: number;
  /** When it was tried first. */
  readonly since_ms: number;
}

/** A receiver of an operation's events, and how far it has them. */
export interface Webhook {
  readonly id: string;
  readonly operation_id: number;
  readonly url: string;
  readonly secret: string;
  readonly events: readonly EventKind[];
  readonly created_at_ms: number;
  /** Up to where the receiver has each kind of events, as their source says it; absent: it has none. */
  readonly positions: Readonly<Partial<Record<EventKind, string>>>;
  /** Rises when there may be more to deliver. */
  readonly asked: number;
  readonly next_try_ms: number;
  readonly sending: Sending | undefined;
  /** Tries in a row that failed. */
  readonly failures: number;
  readonly failing_since_ms: number | null;
  readonly last_success_ms: number | null;
  readonly last_failure: {
    readonly at_ms: number;
    readonly failure: WebhookFailure;
    readonly status: number | null;
  } | null;
}

/** The webhooks of operations, as their people see them. */
export class Webhooks {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;
  readonly #node: string;

  constructor(db: AccountsStore, now_ms: () => number, node: string) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
  }

  /**
   * This node delivers it.
   *
   * @param by id of the token, or `admin`
   * @throws RecuentoError conflict, when the operation has as many as it may
   */
  async create(
    operation_id: number,
    input: { readonly url: string; readonly events: readonly EventKind[]; readonly secret: string },
    by: string,
  ): Promise<Webhook> {
    const now = this.#now_ms();
    const row: WebhookRow = {
      id: orderedId(now),
      operation_id,
      url: input.url,
      secret: input.secret,
      events: input.events.join(','),
      created_at_ms: now,
      node: this.#node,
      positions: '{}',
      ...NOTHING_SENT,
    };
    await this.#db.transaction().execute(async (tx) => {
      await holdOperation(tx, operation_id); // of two that are created at once at the limit, one is refused
      const { count } = await tx
        .selectFrom('webhooks')
        .select((eb) => eb.fn.countAll().as('count'))
        .where('operation_id', '=', operation_id)
        .executeTakeFirstOrThrow();
      if (Number(count) >= MAX_WEBHOOKS) {
        const reason = `THE OPERATION HAS ${MAX_WEBHOOKS} WEBHOOKS: DELETE ONE FIRST`;
        throw new RecuentoError('conflict', { values: { reason } });
      }
      await tx.insertInto('webhooks').values(row).execute();
      await tx
        .insertInto('audit')
        .values(auditOf(row, 'webhook.create', by, now))
        .execute();
    });
    return webhookOf(row);
  }

  /** Oldest first. */
  async list(operation_id: number): Promise<Webhook[]> {
    const rows = await this.#db
      .selectFrom('webhooks')
      .selectAll()
      .where('operation_id', '=', operation_id)
      .orderBy('id')
      .execute();
    return rows.map(webhookOf);
  }

  /** @throws RecuentoError unknown-resource, when the operation has no such webhook */
  async get(operation_id: number, id: string): Promise<Webhook> {
    const row = await this.#db
      .selectFrom('webhooks')
      .selectAll()
      .where('operation_id', '=', operation_id)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw unknownWebhook();
    return webhookOf(row);
  }

  /** @param by id of the token, or `admin` @throws RecuentoError unknown-resource */
  async remove(operation_id: number, id: string, by: string): Promise<void> {
    const now = this.#now_ms();
    await this.#db.transaction().execute(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('webhooks')
        .where('operation_id', '=', operation_id)
        .where('id', '=', id)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw unknownWebhook();
      await tx
        .insertInto('audit')
        .values(auditOf({ id, operation_id }, 'webhook.delete', by, now))
        .execute();
    });
  }
}

const NOTHING_SENT = {
  asked: 0,
  next_try_ms: 0,
  sending_event: null,
  sending_count: null,
  sending_since_ms: null,
  failures: 0,
  failing_since_ms: null,
  last_success_ms: null,
  last_failure_ms: null,
  last_failure: null,
  last_status: null,
} as const;

function auditOf(of: Pick<WebhookRow, 'id' | 'operation_id'>, action: string, by: string, at_ms: number) {
  return { id: orderedId(at_ms), operation_id: of.operation_id, at_ms, by, action, subject: of.id };
}

const unknownWebhook = () => new RecuentoError('unknown-resource', { values: { resource: 'WEBHOOK' } });

/** PostgreSQL gives large numbers as texts. */
const numberOrNull = (value: number | null) => (value === null ? null : Number(value));

export function webhookOf(row: Selectable<AccountsSchema['webhooks']>): Webhook {
  const subscribed = new Set(row.events.split(','));
  const positions: Webhook['positions'] = JSON.parse(row.positions);
  return {
    id: row.id,
    operation_id: row.operation_id,
    url: row.url,
    secret: row.secret,
    events: EVENT_KINDS.filter((kind) => subscribed.has(kind)),
    created_at_ms: Number(row.created_at_ms),
    positions,
    asked: Number(row.asked),
    next_try_ms: Number(row.next_try_ms),
    sending: sendingOf(row),
    failures: row.failures,
    failing_since_ms: numberOrNull(row.failing_since_ms),
    last_success_ms: numberOrNull(row.last_success_ms),
    last_failure: lastFailureOf(row),
  };
}

function sendingOf({ sending_event, sending_count, sending_since_ms }: WebhookRow): Sending | undefined {
  const event = EVENT_KINDS.find((kind) => kind === sending_event);
  if (event === undefined || sending_count === null) return undefined;
  return { event, count: sending_count, since_ms: Number(sending_since_ms) };
}

function lastFailureOf({ last_failure, last_failure_ms, last_status }: WebhookRow): Webhook['last_failure'] {
  const failure = WEBHOOK_FAILURES.find((known) => known === last_failure);
  if (failure === undefined) return null;
  return { at_ms: Number(last_failure_ms), failure, status: last_status };
}
