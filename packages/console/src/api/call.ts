import { leaveIfEnded } from '../session/leave.js';
import { Problem, problemOf } from './problem.js';

/** What a call sends. */
export interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is: a file. */
  readonly file?: Blob;
  /** Instead of the session's cookie: to sign in. */
  readonly token?: string;
  readonly signal?: AbortSignal;
}

/**
 * Calls the public API, as any program does; only that the browser adds the session's cookie.
 *
 * @throws Problem
 */
export async function call(path: `/v1/${string}`, sent: Sent = {}): Promise<Response> {
  const { method = 'GET', query = {}, body, file, token, signal } = sent;
  const headers = new Headers({
    accept: 'application/json',
    'accept-language': document.documentElement.lang,
  });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const reply = await fetch(addressOf(path, query), {
    method,
    headers,
    credentials: 'same-origin',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(file && { body: file }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Problem(0, 'unreachable', String(error));
  });
  if (!reply.ok) {
    const problem = await problemOf(reply);
    if (token === undefined && path !== '/v1/session') leaveIfEnded(problem);
    throw problem;
  }
  return reply;
}

/**
 * The document of a reply. Its type is the contract's; that replies keep to it is what the service's tests show for every one of them, so
 * it is not checked again in the browser.
 */
export async function documentOf<Document>(path: `/v1/${string}`, sent?: Sent): Promise<Document> {
  const reply = await call(path, sent);
  return reply.json();
}

/** A path with its query, as a link has it. */
export function addressOf(path: string, query: NonNullable<Sent['query']>): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value));
  return asked.size === 0 ? path : `${path}?${asked}`;
}
