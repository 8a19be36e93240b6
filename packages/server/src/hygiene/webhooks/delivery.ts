import type { EventKind } from '@recuento/contract';
import type { OwnWebhook, WebhookDeliveries } from '../../accounts/webhook-deliveries.js';
import type { Sending, Webhook } from '../../accounts/webhooks.js';
import type { EventPage, EventSource } from './event-source.js';
import { messageId, postOf } from './message.js';
import { type PostBounds, sendPost } from './post.js';
import { type Waits, waitAfter } from './waits.js';
import type { WhereToSend } from './where-to.js';

/** Events of a post. At some hundred bytes each it has some 100 KiB, which any receiver takes. */
const EVENTS_A_POST = 500;

/** Posts after each other, before it is another webhook's turn. */
const POSTS_A_RUN = 20;

/** What deliveries need. */
export interface DeliveryParts {
  readonly deliveries: WebhookDeliveries;
  readonly sources: ReadonlyMap<EventKind, EventSource>;
  readonly where: WhereToSend;
  readonly waits: Waits;
  readonly bounds: PostBounds;
  readonly now_ms: () => number;
  readonly signal: AbortSignal;
}

/** A post that was noted in the accounts, with its events. */
interface Batch extends EventPage {
  readonly sending: Sending;
}

/**
 * Delivers what a webhook lacks: posts it in order, and moves the position behind each post that was taken. Ends when it has
 * everything, when a post fails, when it had its share of posts, or when it is another node's or deleted.
 *
 * @throws PostGivenUp when the signal fires; and what the accounts and the source of the events throw
 */
export async function deliver(id: string, parts: DeliveryParts): Promise<void> {
  for (let post = 0; post < POSTS_A_RUN; post += 1) {
    const webhook = await parts.deliveries.own(id);
    if (!webhook || !(await deliverNext(webhook, post, parts))) return;
  }
}

/** @returns whether there may be more to do now */
async function deliverNext(webhook: OwnWebhook, turn: number, parts: DeliveryParts): Promise<boolean> {
  const { deliveries, waits, now_ms } = parts;
  const asked_ms = performance.now();
  const batch = webhook.sending
    ? await sentBefore(webhook, webhook.sending, parts)
    : await nextBatch(webhook, turn, parts);
  if (batch === 'nothing') {
    await deliveries.rest(webhook, waits.rest_ms);
    return false;
  }
  if (batch === 'not ours') return false;
  const { sending, next } = batch;
  // Events that were erased since the first try.
  if (batch.events.length === 0) return deliveries.delivered(webhook, sending, next);
  if (!(await isStillOwn(webhook, asked_ms, parts))) return true;
  const outcome = await send(webhook, batch, parts);
  if (outcome.delivered) return deliveries.delivered(webhook, sending, next);
  const failing_ms = webhook.failing_since_ms === null ? 0 : now_ms() - webhook.failing_since_ms;
  await deliveries.failed(webhook, outcome, waitAfter(webhook.failures + 1, failing_ms, waits));
  return false;
}

/** A webhook that was this node's so short a time ago is so now: another node takes over what has stood still for 16 s. */
const SURELY_OWN_MS = 5_000;

/** Asks again, where the process may have stood still since it asked. */
async function isStillOwn({ id }: OwnWebhook, asked_ms: number, { deliveries }: DeliveryParts) {
  for (let since_ms = asked_ms; performance.now() - since_ms > SURELY_OWN_MS; ) {
    since_ms = performance.now();
    if (!(await deliveries.own(id))) return false;
  }
  return true;
}

async function send(webhook: OwnWebhook, { sending, events, next }: Batch, parts: DeliveryParts) {
  const { where, signal, bounds, now_ms } = parts;
  const message = {
    id: messageId(webhook, sending),
    event: sending.event,
    at_ms: sending.since_ms,
    data: events,
    next,
  };
  return sendPost(postOf(webhook, webhook.server, message, now_ms()), where, signal, bounds);
}

/** The post that is repeated, with the events that it had. */
async function sentBefore(
  { operation_id, positions }: Webhook,
  sending: Sending,
  { sources }: DeliveryParts,
): Promise<Batch | 'nothing'> {
  const source = sources.get(sending.event);
  if (!source) return 'nothing';
  return { sending, ...(await source.page(operation_id, positions[sending.event], sending.count)) };
}

/** The next post, noted. Kinds of events take turns, so that no kind waits for the whole of another. */
async function nextBatch(
  webhook: Webhook,
  turn: number,
  { sources, deliveries, now_ms }: DeliveryParts,
): Promise<Batch | 'nothing' | 'not ours'> {
  const { events: kinds, operation_id, positions } = webhook;
  for (let at = 0; at < kinds.length; at += 1) {
    const event = kinds[(turn + at) % kinds.length];
    const source = event && sources.get(event);
    if (!source) continue;
    const page = await source.page(operation_id, positions[event], EVENTS_A_POST);
    if (page.events.length === 0) continue;
    const sending: Sending = { event, count: page.events.length, since_ms: now_ms() };
    return (await deliveries.begin(webhook, sending)) ? { sending, ...page } : 'not ours';
  }
  return 'nothing';
}
