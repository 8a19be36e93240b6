import { campaignListQuery, campaignPathParameters, campaignSchema } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import {
  type CampaignsAsked,
  campaignsAsked,
  readCampaigns,
  renderRows,
  turnsOfList,
} from '../campaign-list.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import type { NativeCalls } from './native-calls.js';
import { sendRows } from './table-call.js';

/** `/v1/campaigns`: any scope may read the list. */
export function campaignsPath(services: Services, calls: NativeCalls): Handlers {
  return {
    GET: calls.ofOperation(
      ['report', 'ingest', 'admin'],
      async ({ request, reply, operation }) => {
        const give_turn = turnsOfList(services, request, reply);
        const asked = listAsked(request);
        const { campaigns, next_cursor } = await readCampaigns(
          services.accounts.campaigns,
          operation,
          asked,
          give_turn,
        );
        const rows = await renderRows(campaigns, (campaign) => campaign, give_turn);
        const tail = next_cursor === undefined ? ']}' : `],"next_cursor":${JSON.stringify(next_cursor)}}`;
        return sendRows({ services, request, reply }, [
          Buffer.from('{"campaigns":['),
          rows,
          Buffer.from(tail),
        ]);
      },
      { settle: listAsked },
    ),
  };
}

/** @throws RecuentoError bad-parameter */
function listAsked({ query }: FastifyRequest): CampaignsAsked {
  return campaignsAsked({ kind: 'all' }, readQuery(campaignListQuery, query).cursor);
}

/** `/v1/campaigns/{id}`: scope `ingest` or `admin`, as uploads create campaigns too. */
export function campaignPath(services: Services, calls: NativeCalls): Handlers {
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
