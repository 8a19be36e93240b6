import {
  isSameServer,
  type Numbering,
  newOperationSchema,
  operationPatchSchema,
  ownWordsDocument,
  RecuentoError,
  serverCodeOf,
} from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import { hasNumberPlan } from '../../hygiene/spellings/number-plan.js';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/operations`: for the administrator alone. */
export function operationsPath(services: Services, calls: NativeCalls): Handlers {
  const { operations } = services.accounts;
  return {
    GET: calls.ofAdministrator(async () => ({ operations: (await operations.list()).map(shown) })),
    POST: calls.ofAdministrator(async ({ request, reply }) => {
      const input = await bodyAs(request, newOperationSchema);
      mustHaveNumberPlan(input.numbering);
      const created = await operations.create({ ...input, time_zone: zoneOf(services, input.time_zone) });
      return reply.code(201).header('Location', `/v1/operations/${created.server}`).send(shown(created));
    }),
  };
}

/** `/v1/operations/{server}`: whoever has a token of it may read it; the administrator alone changes it. */
export function operationPath(services: Services, calls: NativeCalls): Handlers {
  const { operations } = services.accounts;
  return {
    GET: calls.ofAnybody(async ({ request, caller }) => {
      const { server } = request.params as { server: string };
      if (caller.kind === 'administrator') return shown(await operations.byServer(serverCodeOf(server)));
      // Whether another operation exists is not told.
      if (!isSameServer(server, caller.operation.server)) throw new RecuentoError('token-invalid');
      return shown(caller.operation);
    }),
    PATCH: calls.ofAdministrator(async ({ request }) => {
      const { server } = request.params as { server: string };
      const patch = await bodyAs(request, operationPatchSchema);
      mustHaveNumberPlan(patch.numbering);
      const settled = {
        ...patch,
        ...(patch.time_zone !== undefined && { time_zone: zoneOf(services, patch.time_zone) }),
      };
      return shown(await operations.change(serverCodeOf(server), settled));
    }),
  };
}

/** The zone under the name that every store understands. @throws RecuentoError invalid-records when there is no such zone */
function zoneOf({ time_zones }: Services, name: string): string {
  const settled = time_zones.settle(name);
  if (settled !== undefined) return settled;
  const faults = [{ field: 'time_zone', reason: 'is a time zone that the store does not know' }];
  throw new RecuentoError('invalid-records', { values: { count: 1 }, faults });
}

/** @throws RecuentoError invalid-records when nothing is known of how numbers are written there */
function mustHaveNumberPlan(numbering: Numbering | null | undefined): void {
  if (!numbering || hasNumberPlan(numbering.country)) return;
  const faults = [{ field: 'numbering.country', reason: 'is a country whose numbering plan is not known' }];
  throw new RecuentoError('invalid-records', { values: { count: 1 }, faults });
}

function shown(operation: Operation) {
  const { server, name, licences, time_zone, reply_profile, limits, words, numbering } = operation;
  return {
    server,
    name,
    licences,
    time_zone,
    reply_profile,
    limits,
    words: ownWordsDocument(words),
    numbering,
  };
}
