import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { WebhookFailure } from '@recuento/contract';
import type { WhereToSend } from './where-to.js';

/** What came of a post. */
export type Outcome =
  | { readonly delivered: true; readonly status: number }
  | { readonly delivered: false; readonly failure: WebhookFailure; readonly status: number | null };

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostBounds {
  /** For all of it: looking up the name, connecting, sending, and the answer's head and body. */
  readonly timeout_ms: number;
  /** What is read of an answer, as it comes over the connection. */
  readonly answer_max_bytes: number;
}

/**
 * 15 seconds are what the best known senders of webhooks wait (5 to 30 s). What matters of an answer is its status, so a page of error text
 * is all that is read of it.
 */
export const POST_BOUNDS: PostBounds = { timeout_ms: 15_000, answer_max_bytes: 64 * 1024 };

/** The head of an answer, which is held in memory whole. */
const HEAD_MAX_BYTES = 16 * 1024;

/** The service stopped, or the webhook's node did, before it was known what came of a post. */
export class PostGivenUp extends Error {
  override readonly name = 'PostGivenUp';
}

/**
 * Posts a body over a connection of its own, which is closed when this resolves, to an address that may be connected to. Redirects
 * are not followed, and proxies of the environment are not used: both would connect to what nobody checked.
 *
 * @throws PostGivenUp when `signal` fires before it is known what came of it
 */
export async function sendPost(
  post: Post,
  where: WhereToSend,
  signal: AbortSignal,
  bounds: PostBounds = POST_BOUNDS,
): Promise<Outcome> {
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(stop, bounds.timeout_ms);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const outcome = await tried(post, where, end.signal, bounds);
    if (outcome) return outcome;
    if (signal.aborted) throw new PostGivenUp();
    return failed('timeout');
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

const failed = (failure: WebhookFailure, status: number | null = null): Outcome => ({
  delivered: false,
  failure,
  status,
});

/** Undefined where `signal` fires first. */
async function tried(
  post: Post,
  where: WhereToSend,
  signal: AbortSignal,
  bounds: PostBounds,
): Promise<Outcome | undefined> {
  const url = new URL(post.url);
  const to = await unlessAborted(where.of(url), signal);
  if (to === undefined || signal.aborted) return undefined;
  if ('failure' in to) return failed(to.failure);
  return exchange(url, to.addresses, post, bounds, signal);
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    work.then(resolve, reject);
  });
}

/** Undefined where `signal` fires before the status is known. */
function exchange(
  url: URL,
  addresses: readonly string[],
  { headers, body }: Post,
  { answer_max_bytes }: PostBounds,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  return new Promise((resolve) => {
    let outcome: Outcome | undefined;
    const send = url.protocol === 'https:' ? requestSecure : requestPlain;
    const request = send(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: lookupOf(addresses),
      maxHeaderSize: HEAD_MAX_BYTES,
      signal,
    });
    request.once('response', (answer) => {
      outcome = outcomeOf(answer);
      // The rest is read, up to a bound: some receivers stop working when their answer is not taken.
      readAway(request, answer, answer_max_bytes);
    });
    // Interim answers (103) can come without end, and each is small.
    request.on('information', () => endBeyond(request, answer_max_bytes));
    request.on('error', (error) => {
      if (!signal.aborted) outcome ??= failed(failureOf(error));
    });
    // Not before: a receiver that lets its answers trickle has one connection all the same.
    request.once('close', () => resolve(outcome ?? (signal.aborted ? undefined : failed('reset'))));
    request.end(body);
  });
}

/** Gives the addresses that were checked, so that no other is connected to. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const [first] = all;
    if (options.all === true) callback(null, all);
    else if (first) callback(null, first.address, first.family);
  };
}

function outcomeOf({ statusCode: status = 0 }: IncomingMessage): Outcome {
  if (status >= 200 && status <= 299) return { delivered: true, status };
  return failed(status >= 300 && status <= 399 ? 'redirect' : 'status', status);
}

function readAway(request: ClientRequest, answer: IncomingMessage, max_bytes: number): void {
  answer.on('error', () => undefined); // it broke off, or its time was up
  answer.on('data', () => endBeyond(request, max_bytes));
}

function endBeyond(request: ClientRequest, max_bytes: number): void {
  if ((request.socket?.bytesRead ?? 0) > max_bytes) request.destroy();
}

const CODES: Readonly<Record<string, WebhookFailure>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'unknown_host',
  EPROTO: 'not_http',
};

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_CA/;

function failureOf(error: Error & { readonly code?: unknown }): WebhookFailure {
  const code = String(error.code ?? '');
  const known = CODES[code];
  if (known) return known;
  if (CERTIFICATE.test(code)) return 'certificate';
  return /^(?:HPE_|ERR_SSL_|ERR_TLS_)/.test(code) ? 'not_http' : 'unreachable';
}
