import type { RawReply } from './envelope.js';
import { ConnectionError, RequestError, TooLargeError } from './errors.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Question {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For the whole exchange, including the body. */
  readonly timeout_ms: number;
  readonly signal: AbortSignal | undefined;
  now_ms(): number;
}

/** The API's own limit of a reply. A documented server never sends more. */
const MAX_REPLY_BYTES = 256 * 1024 * 1024;

/**
 * One request and its whole reply.
 *
 * @throws ConnectionError; the reason of `signal` when it fired
 */
export async function exchange(
  send: Fetch,
  question: Question,
): Promise<{ raw: RawReply; headers: Headers }> {
  const { url, headers, timeout_ms, signal } = question;
  signal?.throwIfAborted();
  const ending = new AbortController();
  const cancel = () => ending.abort(signal?.reason);
  const timer = setTimeout(() => ending.abort(), timeout_ms);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    // A redirect could carry the token to another host: fetch then removes Authorization, but no other header.
    const response = await send(url, {
      headers,
      redirect: 'manual',
      signal: ending.signal,
    });
    if (response.type === 'opaqueredirect')
      throw new RequestError('The server answers elsewhere: give that address.');
    const body = await readBody(response);
    return { raw: rawReply(response, body, question.now_ms()), headers: response.headers };
  } catch (error) {
    if (error instanceof RequestError || error instanceof TooLargeError) throw error;
    signal?.throwIfAborted();
    if (ending.signal.aborted) throw new ConnectionError(`No whole reply came within ${timeout_ms} ms.`);
    throw new ConnectionError(`The connection failed: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** The body as text. @throws TooLargeError when it is larger than any documented reply */
async function readBody(response: Response): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > MAX_REPLY_BYTES) {
      await reader.cancel();
      throw new TooLargeError(`The reply has more than ${MAX_REPLY_BYTES} bytes.`);
    }
    pieces.push(decoder.decode(read.value, { stream: true }));
  }
  pieces.push(decoder.decode());
  return pieces.join('');
}

function rawReply(response: Response, body: string, now_ms: number): RawReply {
  return {
    status: response.status,
    body,
    requestId: response.headers.get('x-request-id') ?? undefined,
    retryAfterMs: retryAfter(response.headers.get('retry-after'), now_ms),
  };
}

/** `Retry-After` in both its forms (RFC 9110, section 10.2.3): seconds, or a date. */
export function retryAfter(header: string | null, now_ms: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date_ms = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date_ms) ? undefined : Math.max(0, date_ms - now_ms);
}

/** The cause has the socket's own message; `fetch failed` alone helps nobody. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}
