import { campaignPathParameters, campaignSchema } from '@recuento/contract';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import type { Calls } from './caller.js';

/** `/v1/campaigns`: any scope may read the list. */
export function campaignsPath(services: Services, calls: Calls): Handlers {
  return {
    GET: calls.ofOperation(['report', 'ingest', 'admin'], async ({ operation }) => ({
      campaigns: await services.accounts.campaigns.list(operation.id),
    })),
  };
}

/** `/v1/campaigns/{id}`: scope `ingest` or `admin`, as uploads create campaigns too. */
export function campaignPath(services: Services, calls: Calls): Handlers {
  return {
    PUT: calls.ofOperation(
      ['ingest', 'admin'],
      async ({ request, operation }) => {
        const { id } = readQuery(campaignPathParameters, request.params);
        const details = await bodyAs(request, campaignSchema);
        return services.accounts.campaigns.put(operation.id, id, details);
      },
      { settle: ({ params }) => readQuery(campaignPathParameters, params) },
    ),
  };
}
