import { campaignPathParameters, campaignSchema } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import { actingHolder } from './caller.js';

/** `/v1/campaigns`: any scope may read the list. */
export function campaignsPath(services: Services): Handlers {
  return {
    GET: async (request: FastifyRequest) => {
      const { operation } = await actingHolder(request, services, 'report', 'ingest', 'admin');
      return { campaigns: await services.accounts.campaigns.list(operation.id) };
    },
  };
}

/** `/v1/campaigns/{id}`: scope `ingest` or `admin`, as uploads create campaigns too. */
export function campaignPath(services: Services): Handlers {
  return {
    PUT: async (request: FastifyRequest) => {
      const { operation } = await actingHolder(request, services, 'ingest', 'admin');
      const { id } = readQuery(campaignPathParameters, request.params);
      const details = await bodyAs(request, campaignSchema);
      return services.accounts.campaigns.put(operation.id, id, details);
    },
  };
}
