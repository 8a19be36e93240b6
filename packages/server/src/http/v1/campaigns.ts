import { campaignSchema, FIELD_LIMITS, RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { Handlers } from '../methods.js';
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
      const { id } = request.params as { id: string };
      const details = await bodyAs(request, campaignSchema);
      return services.accounts.campaigns.put(operation.id, campaignId(id), details);
    },
  };
}

function campaignId(text: string): number {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (id >= 1 && id <= FIELD_LIMITS.campaign_id_max) return id;
  const form = `a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`;
  throw new RecuentoError('bad-parameter', { values: { parameter: 'id', form } });
}
