import { newOperationSchema, operationPatchSchema, stripServerPrefix } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import { requireAdministrator } from './caller.js';

/** `/v1/operations`: the administrator's alone. */
export function operationsPath(services: Services): Handlers {
  const { operations } = services.accounts;
  return {
    GET: async (request: FastifyRequest) => {
      requireAdministrator(request);
      return { operations: (await operations.list()).map(shown) };
    },
    POST: async (request: FastifyRequest, reply: FastifyReply) => {
      requireAdministrator(request);
      const created = await operations.create(await bodyAs(request, newOperationSchema));
      return reply.code(201).header('Location', `/v1/operations/${created.server}`).send(shown(created));
    },
  };
}

/** `/v1/operations/{server}` */
export function operationPath(services: Services): Handlers {
  return {
    PATCH: async (request: FastifyRequest) => {
      requireAdministrator(request);
      const { server } = request.params as { server: string };
      const patch = await bodyAs(request, operationPatchSchema);
      return shown(await services.accounts.operations.change(stripServerPrefix(server), patch));
    },
  };
}

function shown(operation: Operation) {
  const { server, name, licences, time_zone, reply_profile, limits } = operation;
  return { server, name, licences, time_zone, reply_profile, limits };
}
