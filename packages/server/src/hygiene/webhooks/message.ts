import { createHash } from 'node:crypto';
import type { Sending, Webhook } from '../../accounts/webhooks.js';
import type { Post } from './post.js';
import { signedHeaders } from './signature.js';

/** Who sends it, in the logs of the receiver. */
const USER_AGENT = 'Recuento-Webhooks/1';

/** The parts of a post that its receiver sees. */
export interface Message {
  readonly id: string;
  readonly event: string;
  /** When it was tried first, in milliseconds. */
  readonly at_ms: number;
  readonly data: readonly unknown[];
  /** The position behind these events; absent in a test. */
  readonly next?: string;
}

/**
 * The id of a post of events. It is made from where the post begins and how many events it has, so whoever repeats the post gives it
 * the same id, also another node.
 */
export function messageId({ id, positions }: Webhook, { event, count }: Sending): string {
  const what = JSON.stringify([id, event, positions[event] ?? null, count]);
  return `msg_${createHash('sha256').update(what).digest('base64url').slice(0, 32)}`;
}

/** A signed post, ready to be sent now. @param server server code of the operation */
export function postOf(webhook: Webhook, server: string, message: Message, now_ms: number): Post {
  const { id, event, at_ms, data, next } = message;
  const body = JSON.stringify({
    id,
    event,
    at: new Date(at_ms).toISOString(),
    operation: server,
    webhook: webhook.id,
    data,
    ...(next !== undefined && { next }),
  });
  return {
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      ...signedHeaders(webhook.secret, id, Math.floor(now_ms / 1_000), body),
    },
    body,
  };
}
