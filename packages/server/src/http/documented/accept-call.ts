import { isSameServer, RecuentoError, type Scope } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Lease, Quota } from '../../accounts/calls.js';
import type { Operation } from '../../accounts/operations.js';
import type { TokenHolder } from '../../accounts/tokens.js';
import { requireScope, secretOf } from '../authenticate.js';
import { keyOfOperation, knownAs } from '../door.js';
import { asSentInBody } from '../read-query.js';
import type { Services } from '../services.js';
import { setProfile } from './profile.js';

/** A call of the documented API that was accepted: it is counted, and holds a slot until its lease is released. */
export interface AcceptedCall<Question> {
  readonly holder: TokenHolder;
  readonly question: Question;
  readonly lease: Lease;
}

/**
 * Lets a call in, or refuses it. Its checks have this order: token, server, what is asked for (`read`), scope,
 * quota, slot. A call that is refused for its token, its server, its parameters or its quota costs no call of the day; one that is
 * refused for its scope, or because no slot is free, costs one. Where the quota is used up, a call without the scope is told that.
 */
export async function acceptCall<Question>(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  scope: Scope,
  read: (query: unknown, operation: Operation) => Question,
): Promise<AcceptedCall<Question>> {
  const { calls, tokens } = services.accounts;
  const holder = await tokens.authenticate(secretOf(request));
  setProfile(request, holder.operation.reply_profile);
  await knownAs(services.admission, request, reply, keyOfOperation(holder.operation));
  checkServer(request, holder.operation);
  const question = readFrom(request, () => read(request.query, holder.operation));
  await checkScope(services, holder, scope);
  const lease = await calls.admit(holder);
  setQuota(reply, lease.quota);
  return { holder, question, lease };
}

/**
 * Makes the reply of a call, and waits meanwhile until the call is counted on disk: no reply is sent before that. The
 * caller releases the slot, except where this throws.
 *
 * @throws AccountsUnavailable, and what `make` throws
 */
export async function madeAndCounted<Made>(
  reply: FastifyReply,
  lease: Lease,
  make: () => Promise<Made>,
): Promise<Made> {
  const made = make();
  const both = await Promise.allSettled([lease.counted, made]);
  if (both.some(({ status }) => status === 'rejected')) {
    await lease.release();
    // These headers belong to a reply that was made but will not be sent.
    for (const name of ['Content-Encoding', 'ETag', 'Vary']) reply.removeHeader(name);
  }
  await lease.counted;
  return made;
}

/** @throws RecuentoError what `ask` throws. Where a GET has its parameters in the body, the error says where they belong. */
function readFrom<Question>(request: FastifyRequest, ask: () => Question): Question {
  try {
    return ask();
  } catch (error) {
    throw request.method === 'GET' ? asSentInBody(error, request) : error;
  }
}

/** Proxies such as nginx drop headers with an underscore, so programs behind one send the other spelling. */
const SERVER_HEADERS = ['wolkvox_server', 'wolkvox-server'] as const;

/** Characters of a wrong code that the error repeats: codes have up to 32, host names somewhat more. */
const SHOWN_CHARS = 64;

/** @throws RecuentoError server-mismatch, naming the header and the expected code */
function checkServer(request: FastifyRequest, { server }: Operation): void {
  for (const header of SERVER_HEADERS) {
    const sent = [request.headers[header] ?? ''].flat().join(', ');
    if (sent === '' || isSameServer(sent, server)) continue;
    const values = { header, sent: sent.slice(0, SHOWN_CHARS), server };
    throw new RecuentoError('server-mismatch', { values });
  }
}

/** A call with an accepted token and valid parameters counts, even if its scope is then refused. */
async function checkScope(services: Services, holder: TokenHolder, scope: Scope): Promise<void> {
  try {
    requireScope(holder, scope);
  } catch (error) {
    await services.accounts.calls.count(holder);
    throw error;
  }
}

/** Sets the RateLimit header fields (IETF draft-ietf-httpapi-ratelimit-headers): what is left of the day's quota. */
function setQuota(reply: FastifyReply, quota: Quota): void {
  reply.header('RateLimit-Policy', `"day";q=${quota.limit};w=86400`);
  reply.header('RateLimit', `"day";r=${quota.left};t=${quota.reset_s}`);
}
