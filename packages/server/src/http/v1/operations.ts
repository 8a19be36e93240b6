import { newOperationSchema, operationPatchSchema, stripServerPrefix } from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import type { Calls } from './caller.js';

/** `/v1/operations`: the administrator's alone. */
export function operationsPath(services: Services, calls: Calls): Handlers {
  const { operations } = services.accounts;
  return {
    GET: calls.ofAdministrator(async () => ({ operations: (await operations.list()).map(shown) })),
    POST: calls.ofAdministrator(async ({ request, reply }) => {
      const created = await operations.create(await bodyAs(request, newOperationSchema));
      return reply.code(201).header('Location', `/v1/operations/${created.server}`).send(shown(created));
    }),
  };
}

/** `/v1/operations/{server}` */
export function operationPath(services: Services, calls: Calls): Handlers {
  return {
    PATCH: calls.ofAdministrator(async ({ request }) => {
      const { server } = request.params as { server: string };
      const patch = await bodyAs(request, operationPatchSchema);
      return shown(await services.accounts.operations.change(stripServerPrefix(server), patch));
    }),
  };
}

function shown(operation: Operation) {
  const { server, name, licences, time_zone, reply_profile, limits } = operation;
  return { server, name, licences, time_zone, reply_profile, limits };
}
