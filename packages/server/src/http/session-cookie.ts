import { SESSION_LIMITS } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf } from './origin.js';
import type { Services } from './services.js';

/** Sent to `/v1` alone: nothing else of the service asks who is there. */
const PATH = '/v1';

/** A cookie is of a host, whatever the port. With the port in its name, two services on one machine do not sign each other out. */
function nameFor({ port }: FastifyRequest): string {
  return Number.isInteger(port) ? `recuento_session_${port}` : 'recuento_session';
}

/** A secret is 32 bytes in base64url; anything else is no session's. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

function secretIn(request: FastifyRequest): string | undefined {
  const begin = `${nameFor(request)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(begin))?.slice(begin.length);
}

/**
 * The secret of the session that a request has, if it has no token and comes from a page of the service.
 *
 * The cookie is `SameSite=Strict`; but other programs on the same host, on other ports, are of the same site. So a call that may change
 * something counts only with the mark by which browsers tell where it comes from.
 */
export function sessionSecretOf(request: FastifyRequest): string | undefined {
  const { 'wolkvox-token': token, authorization } = request.headers;
  if (token !== undefined || authorization !== undefined) return undefined;
  const secret = secretIn(request);
  return secret !== undefined && SECRET.test(secret) && isFromOwnPage(request) ? secret : undefined;
}

function isFromOwnPage({ method, headers, host }: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  const only_reads = method === 'GET' || method === 'HEAD';
  if (site !== undefined) return site === 'same-origin' || (only_reads && site === 'none');
  if (origin !== undefined) return origin === `http://${host}` || origin === `https://${host}`;
  return only_reads; // an old browser, or a program
}

/** Gives the browser the session's secret. */
export function setSessionCookie(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
): void {
  reply.header('Set-Cookie', cookie(services, request, secret, SESSION_LIMITS.lives_ms / 1_000));
}

/** Takes it away. */
export function dropSessionCookie(services: Services, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('Set-Cookie', cookie(services, request, '', 0));
}

function cookie(services: Services, request: FastifyRequest, value: string, age_s: number): string {
  // A proxy that speaks TLS may be unknown here; the browser is not.
  const origins = [originOf(services, request), request.headers.origin ?? ''];
  const secure = origins.some((origin) => origin.startsWith('https:')) ? '; Secure' : '';
  return `${nameFor(request)}=${value}; Path=${PATH}; Max-Age=${age_s}; HttpOnly; SameSite=Strict${secure}`;
}
