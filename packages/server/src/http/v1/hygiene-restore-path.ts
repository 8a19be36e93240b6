import { restoreSchema } from '@recuento/contract';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';
import { askingOf } from './quarantine-call.js';
import { TELEPHONES_MAX_BYTES, telephonesBody } from './telephones-body.js';

/** `/v1/hygiene/restore`: puts telephones back, or undoes a quarantine. */
export function restorePath(services: Services, calls: NativeCalls): Handlers {
  const { quarantine } = services;
  return {
    POST: calls.ofOperation(
      ['admin'],
      async (call) => {
        const { request, operation } = call;
        const asking = askingOf(services, call);
        const { max_records } = operation.limits;
        const { terms, telephones } = await telephonesBody(
          request,
          restoreSchema,
          max_records,
          asking.give_turn,
        );
        const { id, reason } = terms;
        const made =
          id === undefined
            ? await quarantine.restore(operation.id, telephones, reason, asking)
            : await quarantine.undo(operation.id, id, reason, asking);
        return { telephones_restored: made.telephones };
      },
      { body_max_bytes: TELEPHONES_MAX_BYTES, takes_rows: true },
    ),
  };
}
