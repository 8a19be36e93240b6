import { RecuentoError, type Scope } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import { LINK_PREFIX, type Session } from '../accounts/sessions.js';
import type { TokenHolder } from '../accounts/tokens.js';
import type { Services } from './services.js';
import { sessionSecretOf } from './session-cookie.js';

const BASIC = /^Basic +([A-Za-z0-9+/=]+) *$/i;
const BEARER = /^Bearer +(\S+) *$/i;

/** The secret of a request: the documented header, else `Authorization: Bearer`. @throws token-missing */
export function secretOf(request: FastifyRequest): string {
  const header = request.headers['wolkvox-token'];
  if (typeof header === 'string' && header !== '') return header;
  const bearer = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined) throw new RecuentoError('token-missing');
  return bearer;
}

/**
 * As `secretOf`, or the password of `Authorization: Basic` with any user name: some switches can send nothing else.
 *
 * @throws token-missing
 */
export function secretOrPasswordOf(request: FastifyRequest): string {
  const basic = BASIC.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined) return secretOf(request);
  const pair = Buffer.from(basic, 'base64').toString();
  const password = pair.slice(pair.indexOf(':') + 1);
  if (password === '') throw new RecuentoError('token-missing');
  return password;
}

/** Who calls `/v1`: the administrator, or the holder of an operation's token. */
export type Caller = { readonly kind: 'administrator' } | ({ readonly kind: 'holder' } & TokenHolder);

/**
 * Who sent a request: by its token, else by its session.
 *
 * @param readSecret finds the token; it throws token-missing where there is none
 * @throws RecuentoError token-missing, token-invalid
 */
export async function callerOfRequest(
  request: FastifyRequest,
  services: Services,
  readSecret: (request: FastifyRequest) => string,
): Promise<Caller> {
  const session = sessionSecretOf(request);
  if (session === undefined) return callerOf(readSecret(request), services);
  return ownerOf(await services.accounts.sessions.find(session), services);
}

/**
 * Who signs in: the holder of the token. In place of a token there may be the code of a link; then it is who made the link, once. A session
 * makes no other session, or it would never end.
 *
 * @throws RecuentoError token-missing, token-invalid
 */
export async function callerSigningIn(
  request: FastifyRequest,
  services: Services,
  readSecret: (request: FastifyRequest) => string,
): Promise<Caller> {
  const code = BEARER.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!code.startsWith(LINK_PREFIX)) return callerOf(readSecret(request), services);
  return ownerOf(await services.accounts.signInLinks.take(code), services);
}

/** @throws RecuentoError token-invalid where there is none, or its token has ended */
async function ownerOf(session: Session | undefined, { accounts, admin }: Services): Promise<Caller> {
  if (session?.owner.kind === 'token') {
    return { kind: 'holder', ...(await accounts.tokens.holderOf(session.owner.token_id)) };
  }
  if (session?.owner.mark === admin.mark) return { kind: 'administrator' };
  throw new RecuentoError('token-invalid');
}

/** @throws RecuentoError token-invalid */
export async function callerOf(secret: string, services: Services): Promise<Caller> {
  if (services.admin.matches(secret)) return { kind: 'administrator' };
  return { kind: 'holder', ...(await services.accounts.tokens.authenticate(secret)) };
}

/** The token must carry one of the scopes. @throws RecuentoError scope-missing, naming the first */
export function requireScope(holder: TokenHolder, ...scopes: readonly [Scope, ...Scope[]]): void {
  if (scopes.some((scope) => holder.token.scopes.includes(scope))) return;
  throw new RecuentoError('scope-missing', { values: { scope: scopes[0] } });
}
