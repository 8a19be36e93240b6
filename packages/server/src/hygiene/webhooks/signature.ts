import { createHmac, randomBytes } from 'node:crypto';

/**
 * Signatures of the Standard Webhooks specification, which libraries in many languages check (standardwebhooks.com, version 1). The
 * time is signed too, so that a post that somebody recorded can't be sent again later.
 */
const PREFIX = 'whsec_';

/** As many bytes as the hash has. */
const SECRET_BYTES = 32;

/** A new secret, as receivers keep it. */
export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
}

export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * The headers that say who sent a body, and when.
 *
 * @param id the same whenever the same post is repeated
 * @param timestamp_s seconds since 1970, of this try
 */
export function signedHeaders(secret: string, id: string, timestamp_s: number, body: string): SignedHeaders {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp_s}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp_s),
    'webhook-signature': `v1,${mac}`,
  };
}
