import { hygieneWindowQuery, TABLE_LIMITS } from '@recuento/contract';
import { trunksOf } from '../../hygiene/trunks.js';
import { windowOf } from '../../time/window.js';
import type { Handlers } from '../methods.js';
import { badParameter, readQuery } from '../read-query.js';
import { knownAsOf, momentOf, nowOf } from './hygiene-call.js';
import { askFor, type TableServices } from './table-call.js';

/** `/v1/hygiene/trunks`: how far each trunk can be believed. */
export function hygieneTrunksPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const { from, to } = readQuery(hygieneWindowQuery, request.query);
      if (from > to) throw badParameter('to', 'not before from');
      const call = { ...shared, request, reply };
      const asked = askFor(call, operation, {
        operation_id: operation.id,
        campaign: { kind: 'all' },
        window: windowOf(from, to, TABLE_LIMITS.max_window_days),
        time_zone: operation.time_zone,
        has_customers: false,
      });
      const trunks = await asked.budget.run(async () => {
        const { trust } = await knownAsOf(call, operation, asked, momentOf(call, Math.min(to, nowOf(call))));
        return trunksOf(asked, trust);
      });
      return { trunks };
    }),
  };
}
