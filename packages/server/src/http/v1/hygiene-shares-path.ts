import { verdictSharesQuery } from '@recuento/contract';
import { verdictShares } from '../../hygiene/verdict-shares.js';
import { instantText } from '../../time/instant-text.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import { askAsOf, judgedAsOf, momentOf } from './hygiene-call.js';
import type { TableServices } from './table-call.js';

/** `/v1/hygiene/shares`: how many telephones have each verdict. */
export function hygieneSharesPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const { campaign_id, as_of } = readQuery(verdictSharesQuery, request.query);
      const call = { ...shared, request, reply };
      const as_of_s = momentOf(call, as_of);
      const asked = askAsOf(call, operation, campaign_id, as_of_s);
      const shares = await asked.budget.run(async () =>
        verdictShares(asked, campaign_id, await judgedAsOf(call, operation, asked, as_of_s)),
      );
      const telephones = Object.values(shares).reduce((sum, count) => sum + count, 0);
      return { as_of: instantText(as_of_s), telephones, shares };
    }),
  };
}
