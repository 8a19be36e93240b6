import { isSameServer, newTokenSchema, RecuentoError } from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import type { Token } from '../../accounts/tokens.js';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/tokens`: scope `admin`. The secret is shown once, in the reply that creates the token. */
export function tokensPath(services: Services, calls: NativeCalls): Handlers {
  const { tokens, operations } = services.accounts;
  return {
    GET: calls.ofOperation(['admin'], async ({ operation }) => ({
      tokens: (await tokens.list(operation.id)).map((token) => shown(token, operation)),
    })),
    POST: calls.ofOperationIfNamed(['admin'], async ({ request, reply, caller, operation: acting }) => {
      const input = await bodyAs(request, newTokenSchema);
      // The operation is named in the body, or in the query, or it is that of the caller's token.
      const named = input.operation;
      const operation =
        caller.kind === 'administrator' && named !== undefined ? await operations.byServer(named) : acting;
      if (!operation) throw new RecuentoError('missing-parameters', { values: { parameters: 'operation' } });
      if (named !== undefined && !isSameServer(named, operation.server))
        throw new RecuentoError('token-invalid');
      const { token, secret } = await tokens.create(operation.id, {
        name: input.name,
        scopes: input.scopes,
        expires_at_ms: input.expires_at === null ? null : Date.parse(input.expires_at),
      });
      return reply.code(201).send({ ...shown(token, operation), token: secret });
    }),
  };
}

/** `/v1/tokens/{id}` */
export function tokenPath(services: Services, calls: NativeCalls): Handlers {
  return {
    DELETE: calls.ofOperationIfNamed(['admin'], async ({ request, reply, operation }) => {
      const { id } = request.params as { id: string };
      await services.accounts.tokens.revoke(id, operation?.id);
      return reply.code(204).send();
    }),
  };
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
