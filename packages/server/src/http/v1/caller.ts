import { operationQuery, RecuentoError, type Scope, stripServerPrefix } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import { type Caller, callerOf, requireScope, secretOf } from '../authenticate.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';

/** Callers of `/v1`, known before a request's body is read. */
const callers = new WeakMap<FastifyRequest, Caller>();

/** `readSecret` says where the request has it. @throws RecuentoError token-missing, token-invalid */
export async function identifyCaller(
  request: FastifyRequest,
  services: Services,
  readSecret = secretOf,
): Promise<void> {
  callers.set(request, await callerOf(readSecret(request), services));
}

export function caller(request: FastifyRequest): Caller {
  const known = callers.get(request);
  if (!known) throw new Error('the caller was not identified');
  return known;
}

/**
 * The operation that a call acts on: the token's own, with one of the scopes; or, for the administrator, the one
 * that `operation=` names.
 *
 * @throws RecuentoError scope-missing, missing-parameters, unknown-resource
 */
export async function actingHolder(
  request: FastifyRequest,
  services: Services,
  ...scopes: readonly [Scope, ...Scope[]]
): Promise<{ operation: Operation }> {
  const known = caller(request);
  const named = operationParameter(request);
  if (known.kind === 'holder') {
    requireScope(known, ...scopes);
    if (named !== undefined && named !== known.operation.server) throw new RecuentoError('token-invalid');
    return { operation: known.operation };
  }
  if (named === undefined)
    throw new RecuentoError('missing-parameters', { values: { parameters: 'operation' } });
  return { operation: await services.accounts.operations.byServer(named) };
}

/** Only the administrator may pass. @throws RecuentoError scope-missing */
export function requireAdministrator(request: FastifyRequest): void {
  if (caller(request).kind === 'administrator') return;
  throw new RecuentoError('scope-missing', {
    values: { scope: 'of the administrator (RECUENTO_ADMIN_TOKEN)' },
  });
}

function operationParameter(request: FastifyRequest): string | undefined {
  const { operation } = readQuery(operationQuery, request.query);
  return operation === undefined ? undefined : stripServerPrefix(operation);
}
