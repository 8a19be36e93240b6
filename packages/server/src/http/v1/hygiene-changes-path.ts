import { quarantineChangesQuery } from '@recuento/contract';
import { changeDocument } from '../../hygiene/quarantine/change-document.js';
import { readChanges } from '../../hygiene/quarantine/changes.js';
import { BEFORE_ALL, parsePlace, writePlace } from '../../hygiene/quarantine/event.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';
import { readingOf, sendPage } from './quarantine-call.js';

/** `/v1/hygiene/changes`: for a dialer that follows what is put aside and put back. */
export function changesPath(services: Services, calls: NativeCalls): Handlers {
  const { quarantine, engine } = services;
  return {
    GET: calls.ofOperation(
      ['report'],
      async (call) => {
        const { since, limit } = asked(call.request.query);
        const moment = await quarantine.momentOf(call.operation.id);
        const page = await readChanges(engine, moment, since, limit, readingOf(services, call));
        const next = writePlace(page.at(-1) ?? since);
        return sendPage(services, call, 'changes', page, changeDocument, { next });
      },
      { settle: ({ query }) => asked(query) },
    ),
  };
}

/** @throws RecuentoError bad-parameter */
function asked(query: unknown) {
  const { since = '', limit } = readQuery(quarantineChangesQuery, query);
  return { since: parsePlace(since, 'since') ?? BEFORE_ALL, limit };
}
