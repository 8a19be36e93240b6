import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface HttpQuestion {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ReadableStream<Uint8Array> | Uint8Array | string;
  readonly signal?: AbortSignal;
}

export interface HttpReply {
  /** The status is 2xx. */
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  /** How long the server asks to wait before a retry. */
  readonly retry_after_s: number | undefined;
}

/**
 * One request and its whole reply. It does not use `fetch`, which gives up on a reply after five minutes: sending a large
 * file takes longer.
 *
 * @throws the error of the socket, if there is no reply
 */
export async function exchange(url: URL, question: HttpQuestion): Promise<HttpReply> {
  const { method, headers, body, signal } = question;
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = open(url, { method, headers, ...(signal && { signal }) });
  const replied = new Promise<HttpReply>((resolve, reject) => {
    request.on('response', (reply) => whole(reply).then(resolve, reject));
    request.on('error', reject);
  });
  replied.catch(() => undefined); // the reply is awaited below, after the body
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    request.end(body);
    return replied;
  }
  // A server may refuse before it has read everything. Then its reply says why, and the broken pipe does not.
  const sent = pipeline(Readable.fromWeb(body), request).catch((error: unknown) => error);
  return Promise.race([
    replied,
    sent.then((error) => (error === undefined ? replied : orReply(replied, error))),
  ]);
}

/** A request without a body. Resolves when its reply begins to arrive. @throws the error of the socket */
export async function opened(url: URL, question: Omit<HttpQuestion, 'body'>): Promise<IncomingMessage> {
  const { method, headers, signal } = question;
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = open(url, { method, headers, ...(signal && { signal }) });
  const replied = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });
  request.end();
  return replied;
}

/** How long to wait for a reply after the connection broke while sending. */
const LATE_REPLY_MS = 1_000;

function orReply(replied: Promise<HttpReply>, error: unknown): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(error), LATE_REPLY_MS);
    replied.then(resolve, () => reject(error)).finally(() => clearTimeout(timer));
  });
}

export async function whole(reply: IncomingMessage): Promise<HttpReply> {
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk);
  const status = reply.statusCode ?? 0;
  const after_s = Number(reply.headers['retry-after']);
  return {
    ok: status >= 200 && status < 300,
    status,
    text: Buffer.concat(chunks).toString(),
    retry_after_s: after_s > 0 ? after_s : undefined,
  };
}
