import { SESSION_LIMITS } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf } from './origin.js';
import type { Services } from './services.js';

/** Sent to `/v1` alone: nothing else of the service asks who is there. */
const NAME = 'recuento_session';
const PATH = '/v1';

/** A secret is 32 bytes in base64url; anything else is no session's. */
const COOKIE = new RegExp(`(?:^|;) *${NAME}=([A-Za-z0-9_-]{43}) *(?:;|$)`);

/**
 * The secret of the session that a request has, if it has no token and comes from a page of the service.
 *
 * The cookie is `SameSite=Strict`; but other programs on the same host, on other ports, are of the same site. So a call that may change
 * something counts only with the mark by which browsers tell where it comes from.
 */
export function sessionSecretOf(request: FastifyRequest): string | undefined {
  const { 'wolkvox-token': token, authorization } = request.headers;
  if (token !== undefined || authorization !== undefined) return undefined;
  const secret = COOKIE.exec(request.headers.cookie ?? '')?.[1];
  return secret !== undefined && isFromOwnPage(request) ? secret : undefined;
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
  return `${NAME}=${value}; Path=${PATH}; Max-Age=${age_s}; HttpOnly; SameSite=Strict${secure}`;
}
