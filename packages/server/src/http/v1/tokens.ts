import { newTokenSchema, RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { Token } from '../../accounts/tokens.js';
import { requireScope } from '../authenticate.js';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import { actingHolder, caller } from './caller.js';

/** `/v1/tokens`: scope `admin`. The secret is shown once, in the reply that makes it. */
export function tokensPath(services: Services): Handlers {
  const { tokens } = services.accounts;
  return {
    GET: async (request: FastifyRequest) => {
      const { operation } = await actingHolder(request, services, 'admin');
      return { tokens: (await tokens.list(operation.id)).map((token) => shown(token, operation)) };
    },
    POST: async (request: FastifyRequest, reply: FastifyReply) => {
      const input = await bodyAs(request, newTokenSchema);
      const operation = await operationFor(request, services, input.operation);
      const { token, secret } = await tokens.create(operation.id, {
        name: input.name,
        scopes: input.scopes,
        expires_at_ms: input.expires_at === null ? null : Date.parse(input.expires_at),
      });
      return reply.code(201).send({ ...shown(token, operation), token: secret });
    },
  };
}

/** `/v1/tokens/{id}` */
export function tokenPath(services: Services): Handlers {
  return {
    DELETE: async (request: FastifyRequest, reply: FastifyReply) => {
      const { id } = request.params as { id: string };
      const known = caller(request);
      if (known.kind === 'holder') requireScope(known, 'admin');
      const only = known.kind === 'holder' ? known.operation.id : undefined;
      await services.accounts.tokens.revoke(id, only);
      return reply.code(204).send();
    },
  };
}

/** The body names the operation, or the query does, or the caller's token belongs to it. */
async function operationFor(
  request: FastifyRequest,
  services: Services,
  named: string | undefined,
): Promise<Operation> {
  const known = caller(request);
  if (known.kind === 'administrator' && named !== undefined)
    return services.accounts.operations.byServer(named);
  const { operation } = await actingHolder(request, services, 'admin');
  if (named !== undefined && named !== operation.server) throw new RecuentoError('token-invalid');
  return operation;
}

function shown(token: Token, operation: Operation) {
  return {
    id: token.id,
    operation: operation.server,
    name: token.name,
    scopes: token.scopes,
    created_at: new Date(token.created_at_ms).toISOString(),
    expires_at: token.expires_at_ms === null ? null : new Date(token.expires_at_ms).toISOString(),
  };
}
