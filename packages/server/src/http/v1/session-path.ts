import { SCOPES, type SessionDocument, type SignInLinkDocument } from '@recuento/contract';
import type { FastifyInstance } from 'fastify';
import type { SessionOwner } from '../../accounts/sessions.js';
import { type Caller, callerSigningIn } from '../authenticate.js';
import { addPath, type Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { dropSessionCookie, sessionSecretOf, setSessionCookie } from '../session-cookie.js';
import { readAnyBodies } from './body.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/session`: a token for a cookie, who has it, and links that sign in. No method needs a body. */
export function sessionRoutes(services: Services, calls: NativeCalls) {
  return async (app: FastifyInstance): Promise<void> => {
    readAnyBodies(app);
    addPath(app, '/session', sessionPath(services, calls));
    addPath(app, '/session/link', linkPath(services, calls));
  };
}

function sessionPath(services: Services, calls: NativeCalls): Handlers {
  const { sessions } = services.accounts;
  return {
    POST: calls.ofAnybody(
      async ({ request, reply, caller }) => {
        const { secret, session } = await sessions.create(ownerOf(services, caller));
        setSessionCookie(services, request, reply, secret);
        return reply.code(201).send(shown(caller, session.expires_at_ms));
      },
      { findCaller: callerSigningIn },
    ),
    GET: calls.ofAnybody(async ({ request, caller }) => {
      const secret = sessionSecretOf(request);
      const session = secret === undefined ? undefined : await sessions.find(secret);
      return shown(caller, session?.expires_at_ms ?? null);
    }),
    DELETE: calls.ofAnybody(async ({ request, reply }) => {
      const secret = sessionSecretOf(request);
      if (secret !== undefined) await sessions.end(secret);
      dropSessionCookie(services, request, reply);
      return reply.code(204).send();
    }),
  };
}

function linkPath(services: Services, calls: NativeCalls): Handlers {
  return {
    POST: calls.ofAnybody(async ({ reply, caller }) => {
      const { secret, session } = await services.accounts.signInLinks.create(ownerOf(services, caller));
      const link: SignInLinkDocument = {
        code: secret,
        path: signInPath(secret),
        expires_at: new Date(session.expires_at_ms).toISOString(),
      };
      return reply.code(201).send(link);
    }),
  };
}

/** Where the console takes a link's code from. What follows `#` is not sent to anybody. */
export function signInPath(code: string): string {
  return `/#sign-in=${code}`;
}

function ownerOf({ admin }: Services, caller: Caller): SessionOwner {
  return caller.kind === 'administrator'
    ? { kind: 'administrator', mark: admin.mark }
    : { kind: 'token', token_id: caller.token.id };
}

function shown(caller: Caller, expires_at_ms: number | null): SessionDocument {
  const expires_at = expires_at_ms === null ? null : new Date(expires_at_ms).toISOString();
  if (caller.kind === 'administrator') {
    return { caller: 'administrator', operation: null, token: null, scopes: [...SCOPES], expires_at };
  }
  const { operation, token } = caller;
  return {
    caller: 'token',
    operation: { server: operation.server, name: operation.name, time_zone: operation.time_zone },
    token: { id: token.id, name: token.name },
    scopes: [...token.scopes],
    expires_at,
  };
}
