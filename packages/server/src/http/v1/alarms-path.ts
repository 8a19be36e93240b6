import { ALARM_DAYS_MAX, alarmQuery, alarmsQuery, RecuentoError } from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import { idOf, startOfId } from '../../hygiene/watch/alarm.js';
import { alarmDocument } from '../../hygiene/watch/alarm-document.js';
import { preferredLanguage } from '../language.js';
import type { Handlers } from '../methods.js';
import { badParameter, readQuery } from '../read-query.js';
import { nowOf } from './hygiene-call.js';
import type { TableServices } from './table-call.js';

const DAY_S = 86_400;
const LONGEST_AGO_S = ALARM_DAYS_MAX * DAY_S;

/** `/v1/alarms`: what is unusual. */
export function alarmsPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const { since, as_of, cursor, limit } = readQuery(alarmsQuery, request.query);
      const as_of_s = as_of ?? nowOf(shared);
      const since_s = since ?? as_of_s - DAY_S;
      if (as_of_s - since_s > LONGEST_AGO_S) {
        throw badParameter('since', `at most ${ALARM_DAYS_MAX} days before now or as_of`);
      }
      const alarms = await shared.services.watches.alarms(operation, since_s, as_of_s);
      // A cursor is where the next page begins, in the order in which alarms began.
      const first = cursor === undefined ? 0 : Number.parseInt(cursor, 16);
      const next = first + limit;
      const reader = { language: preferredLanguage(request), time_zone: operation.time_zone };
      reply.header('Content-Language', reader.language).header('Vary', 'Accept-Language');
      return {
        alarms: alarms.slice(first, next).map((alarm) => alarmDocument(alarm, as_of_s + 1, reader)),
        next_cursor: next < alarms.length ? next.toString(16) : null,
      };
    }),
  };
}

/** `/v1/alarms/{id}`: one of them. */
export function alarmPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const { id } = request.params as { id: string };
      const { as_of } = readQuery(alarmQuery, request.query);
      const as_of_s = as_of ?? nowOf(shared);
      const alarm = await alarmWith(shared, id, operation, as_of_s);
      const reader = { language: preferredLanguage(request), time_zone: operation.time_zone };
      reply.header('Content-Language', reader.language).header('Vary', 'Accept-Language');
      return alarmDocument(alarm, as_of_s + 1, reader);
    }),
  };
}

/** @throws RecuentoError unknown-resource */
async function alarmWith({ services }: TableServices, id: string, operation: Operation, as_of_s: number) {
  const start_s = startOfId(id);
  if (start_s !== undefined && start_s <= as_of_s && as_of_s - start_s <= LONGEST_AGO_S) {
    const alarms = await services.watches.alarms(operation, start_s, as_of_s);
    const alarm = alarms.find((found) => idOf(found) === id);
    if (alarm) return alarm;
  }
  throw new RecuentoError('unknown-resource', { values: { resource: 'ALARM' } });
}
