import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { BEHIND_MAX, type EventKind, RecuentoError } from '@recuento/contract';
import type { Accounts } from '../../accounts/accounts.js';
import { askingFor, askingForTheService } from '../../accounts/asker.js';
import type { DueWebhook } from '../../accounts/webhook-deliveries.js';
import type { Webhook } from '../../accounts/webhooks.js';
import { type DeliveryParts, deliver } from './delivery.js';
import type { EventSource } from './event-source.js';
import { postOf } from './message.js';
import { Places } from './places.js';
import { type Outcome, POST_BOUNDS, type PostBounds, PostGivenUp, sendPost } from './post.js';
import { WAITS, type Waits } from './waits.js';
import type { WhereToSend } from './where-to.js';

/** Webhooks looked through at once for some that may begin: more than may be under way. */
const DUE_AT_ONCE = 2_000;

export interface WebhookDelivererOptions {
  readonly accounts: Pick<Accounts, 'webhookDeliveries'>;
  readonly sources: readonly EventSource[];
  readonly where: WhereToSend;
  readonly now_ms: () => number;
  /** On whose behalf the stores are asked about an operation's events. */
  readonly keyOf: (operation: { readonly id: number }) => string;
  /** Called with failures of the service's own; those of receivers are in the webhooks. */
  readonly report: (message: string, error: unknown) => void;
  readonly waits?: Partial<Waits>;
  readonly bounds?: Partial<PostBounds>;
}

/**
 * Delivers the events of all operations whose webhooks are this node's. Each webhook has one post under way at most, so its events
 * come in order, and its receiver makes only its own events late.
 */
export class WebhookDeliverer {
  readonly #options: WebhookDelivererOptions;
  readonly #parts: DeliveryParts;
  readonly #places = new Places();
  readonly #stop = new AbortController();
  readonly #under_way = new Map<string, Promise<void>>();
  readonly #tested = new Set<string>();
  /** Webhooks for which the service itself failed at the last try, so that each such failure is reported once. */
  readonly #failing = new Set<string>();
  #looking: Promise<void> | undefined;
  #look_again = false;
  #is_failing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WebhookDelivererOptions) {
    this.#options = options;
    this.#parts = {
      deliveries: options.accounts.webhookDeliveries,
      sources: new Map(options.sources.map((source) => [source.kind, source])),
      where: options.where,
      waits: { ...WAITS, ...options.waits },
      bounds: { ...POST_BOUNDS, ...options.bounds },
      now_ms: options.now_ms,
      signal: this.#stop.signal,
    };
  }

  /** From now on it delivers. */
  start(): void {
    for (const source of this.#options.sources) source.whenChanged((id) => this.#changed(id));
    this.#timer = setInterval(() => this.look(), this.#parts.waits.look_ms).unref();
    this.look();
  }

  /** Looks for webhooks that are due. It also looks by itself. */
  look(): void {
    if (this.#stop.signal.aborted) return;
    this.#look_again = true;
    this.#looking ??= askingForTheService(() => this.#lookWhileAsked()).finally(() => {
      this.#looking = undefined;
    });
  }

  /** Why a receiver's address is refused whatever its host name stands for; undefined: it is not. */
  refusalOf(url: string): ReturnType<WhereToSend['refusalOf']> {
    return this.#options.where.refusalOf(new URL(url));
  }

  /**
   * Sends the event `test` now. If the receiver takes it, what waits for it is sent too.
   *
   * @param server server code of the operation
   * @throws RecuentoError conflict, while the webhook is being tested; unavailable, when the service stops
   */
  async test(webhook: Webhook, server: string): Promise<Outcome> {
    const { where, bounds, now_ms, deliveries, signal } = this.#parts;
    if (this.#tested.has(webhook.id)) {
      throw new RecuentoError('conflict', { values: { reason: 'THE WEBHOOK IS BEING TESTED ALREADY' } });
    }
    this.#tested.add(webhook.id);
    try {
      const id = `msg_test_${randomBytes(18).toString('base64url')}`;
      const message = { id, event: 'test', at_ms: now_ms(), data: [] };
      const outcome = await sendPost(postOf(webhook, server, message, now_ms()), where, signal, bounds);
      if (outcome.delivered) {
        await deliveries.wake(webhook.id);
        this.look();
      }
      return outcome;
    } catch (error) {
      if (error instanceof PostGivenUp) throw new RecuentoError('unavailable');
      throw error;
    } finally {
      this.#tested.delete(webhook.id);
    }
  }

  /** How many events a webhook lacks, by kind, counted up to `BEHIND_MAX`. */
  async behind(webhook: Webhook): Promise<{ readonly event: EventKind; readonly events: number }[]> {
    const counts: { readonly event: EventKind; readonly events: number }[] = [];
    for (const event of webhook.events) {
      const source = this.#parts.sources.get(event);
      const page = await source?.page(webhook.operation_id, webhook.positions[event], BEHIND_MAX);
      counts.push({ event, events: page?.events.length ?? 0 });
    }
    return counts;
  }

  /**
   * When every post of a webhook has failed for a day, it counts as failed.
   *
   * @returns whether it does
   */
  isFailed({ failing_since_ms }: Webhook): boolean {
    if (failing_since_ms === null) return false;
    return this.#parts.now_ms() - failing_since_ms >= this.#parts.waits.retried_ms;
  }

  /** Gives up what is under way, to be repeated by whoever delivers next. Resolves when nothing is. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#looking;
    await Promise.all(this.#under_way.values());
  }

  #changed(operation_id: number): void {
    const asked = this.#askingFor(operation_id, () => this.#parts.deliveries.ask(operation_id));
    asked.then(
      () => this.look(),
      (error: unknown) =>
        this.#options.report('webhooks were not told of new events, and find them later', error),
    );
  }

  #askingFor<T>(id: number, work: () => T): T {
    return askingFor({ key: this.#options.keyOf({ id }) }, work);
  }

  /** Never rejects. Of several failures in a row it reports the first. */
  async #lookWhileAsked(): Promise<void> {
    while (this.#look_again && !this.#stop.signal.aborted) {
      this.#look_again = false;
      try {
        const due = await this.#parts.deliveries.due(DUE_AT_ONCE);
        for (const webhook of due) this.#begin(webhook);
        this.#is_failing = false;
      } catch (error) {
        if (!this.#is_failing) this.#options.report('webhooks could not be looked for', error);
        this.#is_failing = true;
      }
    }
  }

  #begin({ id, operation_id }: DueWebhook): void {
    if (this.#stop.signal.aborted || this.#under_way.has(id) || !this.#places.take(operation_id)) return;
    const run = this.#run(id, operation_id).finally(() => this.#under_way.delete(id));
    this.#under_way.set(id, run);
  }

  /** Never rejects. */
  async #run(id: string, operation_id: number): Promise<void> {
    const error = await this.#failureOf(id, operation_id);
    this.#places.release(operation_id);
    // It may have had its share of posts, and others may have waited for its place.
    setImmediate(() => this.look());
    if (error === undefined) this.#failing.delete(id);
    if (error === undefined || error instanceof PostGivenUp) return;
    if (!this.#failing.has(id)) {
      this.#options.report('events of a webhook could not be read or noted, which is tried again', error);
    }
    this.#failing.add(id);
    const { waits, signal } = this.#parts;
    await wait(waits.first_ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  /** Resolves with what went wrong; undefined: nothing did. */
  async #failureOf(id: string, operation_id: number): Promise<unknown> {
    try {
      await this.#askingFor(operation_id, () => deliver(id, this.#parts));
      return undefined;
    } catch (error) {
      return error;
    }
  }
}
