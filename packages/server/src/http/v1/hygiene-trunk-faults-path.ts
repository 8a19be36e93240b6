import { trunkFaultsQuery } from '@recuento/contract';
import type { Fault } from '../../hygiene/faults/fault.js';
import { instantText } from '../../time/instant-text.js';
import type { Handlers } from '../methods.js';
import { badParameter, readQuery } from '../read-query.js';
import { askAsOf, knownAsOf, momentOf, nowOf } from './hygiene-call.js';
import type { TableServices } from './table-call.js';

/** `/v1/hygiene/trunk-faults`: when trunks or campaigns failed. */
export function hygieneTrunkFaultsPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const { from, to, cursor, limit } = readQuery(trunkFaultsQuery, request.query);
      if (from > to) throw badParameter('to', 'not before from');
      const call = { ...shared, request, reply };
      const until_s = momentOf(call, Math.min(to, nowOf(call)));
      const asked = askAsOf(call, operation, { kind: 'all' }, until_s);
      const { faults } = await asked.budget.run(() => knownAsOf(call, operation, asked, until_s));
      const touching = faults.filter(({ start_s, end_s }) => start_s <= to && end_s > from);
      // A cursor is where the next page begins: what is known at a moment changes only with late attempts.
      const first = cursor === undefined ? 0 : Number.parseInt(cursor, 16);
      const next = first + limit;
      return {
        faults: touching.slice(first, next).map(faultDocument),
        next_cursor: next < touching.length ? next.toString(16) : null,
      };
    }),
  };
}

function faultDocument({ trunk, campaign_id, kind, start_s, end_s, attempts }: Fault) {
  return { trunk, campaign_id, kind, start: instantText(start_s), end: instantText(end_s), attempts };
}
