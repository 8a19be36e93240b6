import { type QuarantineEventDocument, quarantineHistoryQuery } from '@recuento/contract';
import { instantOf } from '../../hygiene/quarantine/change-document.js';
import { parsePlace, writePlace } from '../../hygiene/quarantine/event.js';
import { type HistoryEntry, readHistory } from '../../hygiene/quarantine/history.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';
import { readingOf, sendPage } from './quarantine-call.js';

/** `/v1/hygiene/history`: what happened to telephones, the newest first. */
export function historyPath(services: Services, calls: NativeCalls): Handlers {
  const { quarantine } = services;
  return {
    GET: calls.ofOperation(
      ['report'],
      async (call) => {
        const { telephone, before, limit } = asked(call.request.query);
        const moment = await quarantine.momentOf(call.operation.id);
        const filter = { telephone, before, limit: limit + 1 };
        const found = await readHistory(services, moment, filter, readingOf(services, call));
        const page = found.slice(0, limit);
        const last = page.at(-1);
        const next_cursor = found.length > limit && last ? writePlace(last) : null;
        return sendPage(services, call, 'history', page, shown, { next_cursor });
      },
      { settle: ({ query }) => asked(query) },
    ),
  };
}

/** @throws RecuentoError bad-parameter */
function asked(query: unknown) {
  const { telephone, cursor = '', limit } = readQuery(quarantineHistoryQuery, query);
  return { telephone, before: parsePlace(cursor, 'cursor'), limit };
}

function shown(entry: HistoryEntry): QuarantineEventDocument {
  const { act, telephone, action, at_s, until_s, reason, by, rule, evidence } = entry;
  return {
    id: String(act),
    telephone,
    action,
    at: instantOf(at_s),
    until: until_s === null ? null : instantOf(until_s),
    reason,
    by,
    rule,
    evidence,
  };
}
