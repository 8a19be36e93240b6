import {
  HELD_BY_CALLS,
  type HeldByCall,
  type QuarantinedDocument,
  quarantineQuery,
  quarantineSchema,
  RecuentoError,
} from '@recuento/contract';
import { instantOf } from '../../hygiene/quarantine/change-document.js';
import { ACT_MAX } from '../../hygiene/quarantine/event.js';
import { type PutAside, readPutAside } from '../../hygiene/quarantine/in-force.js';
import { parseCursor, writeCursor } from '../../reports/cursor.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';
import { chosenBy } from './quarantine-by-rule.js';
import { askingOf, readingOf, sendPage } from './quarantine-call.js';
import { TELEPHONES_MAX_BYTES, telephonesBody } from './telephones-body.js';

/** `/v1/hygiene/quarantine`: puts telephones aside, and lists those that are. */
export function quarantinePath(services: Services, calls: NativeCalls): Handlers {
  const { quarantine, now_ms } = services;
  return {
    POST: calls.ofOperation(
      ['admin'],
      async (call) => {
        const { request, reply, operation } = call;
        const asking = askingOf(services, call);
        const { max_records } = operation.limits;
        const body = await telephonesBody(request, quarantineSchema, max_records, asking.give_turn);
        const { reason, until } = body.terms;
        if (typeof until === 'number' && until * 1_000 <= now_ms()) throw notInTheFuture();
        const chosen = await chosenBy(services, call, body.terms);
        const made = chosen
          ? await quarantine.putAsideSelected(
              operation.id,
              chosen.selected,
              {
                reason,
                rule: JSON.stringify(chosen.rule),
                until_s: until === undefined ? chosen.until_s : until,
              },
              asking,
            )
          : await quarantine.putAside(
              operation.id,
              body.telephones,
              { reason, until_s: until ?? null },
              asking,
            );
        return reply.code(201).send({ id: String(made.number), telephones_taken: made.telephones });
      },
      { body_max_bytes: TELEPHONES_MAX_BYTES, takes_rows: true },
    ),
    GET: calls.ofOperation(
      ['report'],
      async (call) => {
        const { request, operation } = call;
        const {
          telephone,
          campaign_id: campaign,
          held_by,
          due,
          cursor = '',
          limit,
        } = readQuery(quarantineQuery, request.query);
        const found = await readPutAside(
          services,
          await quarantine.momentOf(operation.id),
          {
            telephone,
            campaign_id: campaign.kind === 'one' ? campaign.campaign_id : undefined,
            held_by: holderOf(held_by),
            is_due: due === 'now',
            after: parseCursor(cursor),
            limit: limit + 1,
          },
          readingOf(services, call),
        );
        const page = found.slice(0, limit);
        const last = page.at(-1);
        const next_cursor = found.length > limit && last ? writeCursor(last.telephone) : null;
        return sendPage(services, call, 'quarantined', page, shown, { next_cursor });
      },
      {
        settle: ({ query }) => parseCursor(readQuery(quarantineQuery, query).cursor ?? ''),
      },
    ),
  };
}

/** An act above the engine's highest number holds nothing, and neither does that one: it is never reached. */
function holderOf(held_by: string | undefined): number | HeldByCall | undefined {
  const name = HELD_BY_CALLS.find((call) => call === held_by);
  return name ?? (held_by === undefined ? undefined : Math.min(Number(held_by), ACT_MAX));
}

function notInTheFuture(): RecuentoError {
  const faults = [{ field: 'until', reason: 'is not in the future' }];
  return new RecuentoError('invalid-records', { values: { count: 1 }, faults });
}

function shown({ telephone, until_s, at_s, id, reason, by, rule }: PutAside): QuarantinedDocument {
  return {
    telephone,
    until: until_s === null ? null : instantOf(until_s),
    reason,
    id: String(id),
    by,
    at: instantOf(at_s),
    rule,
  };
}
