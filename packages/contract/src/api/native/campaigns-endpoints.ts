import { z } from 'zod';
import { campaignDocumentSchema } from '../../documents/campaign-document.js';
import { usageDocumentSchema } from '../../documents/usage-document.js';
import { campaignSchema } from '../../operation.js';
import { operationQuery } from '../../queries/list-query.js';
import { campaignPathParameters } from '../../queries/parameters.js';
import { campaignListQuery } from '../../queries/report-query.js';
import { NEXT_CURSOR } from '../documented/envelope.js';
import type { Endpoint } from '../endpoint.js';

const campaignListSchema = z.strictObject({
  campaigns: z.array(campaignDocumentSchema),
  next_cursor: NEXT_CURSOR,
});

export const CAMPAIGN_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'list_campaigns',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/campaigns',
    title: { en: 'List the campaigns', es: 'Listar las campañas' },
    description: {
      en: 'All campaigns of the operation, in the order of their numbers. If there are more than a reply may have rows, read them page by page with `cursor`.',
      es: 'Todas las campañas de la operación, en el orden de sus números. Si son más que las filas que puede tener una respuesta, se leen por páginas con `cursor`.',
    },
    scopes: ['report', 'ingest', 'admin', 'administrator'],
    query: operationQuery.extend(campaignListQuery.shape),
    replies: {
      200: {
        description: { en: 'The campaigns.', es: 'Las campañas.' },
        bodies: { 'application/json': campaignListSchema },
      },
    },
    errors: ['unknown-resource', 'too-many-rows'],
  },
  {
    id: 'put_campaign',
    api_kind: 'native',
    method: 'PUT',
    path: '/v1/campaigns/{id}',
    title: { en: 'Name a campaign', es: 'Nombrar una campaña' },
    description: {
      en: 'Gives a campaign its name and type. A campaign is also created by its first attempt.',
      es: 'Da a una campaña su nombre y su tipo. Una campaña también se crea con su primer intento.',
    },
    scopes: ['ingest', 'admin', 'administrator'],
    path_parameters: campaignPathParameters,
    query: operationQuery,
    body: { 'application/json': campaignSchema },
    body_example: { name: 'Cobranza', type: 'predictive' },
    replies: {
      200: {
        description: { en: 'The campaign.', es: 'La campaña.' },
        bodies: { 'application/json': campaignDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'invalid-records', 'malformed-body'],
  },
  {
    id: 'usage',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/usage',
    title: { en: 'Calls of today', es: 'Consumos de hoy' },
    description: {
      en: 'Today’s calls of the documented API by token, how many are left, and the limits of the operation.',
      es: 'Consumos de hoy de la API documentada por token, cuántos quedan, y los límites de la operación.',
    },
    scopes: ['report', 'ingest', 'admin', 'administrator'],
    query: operationQuery,
    replies: {
      200: {
        description: { en: 'The calls.', es: 'Los consumos.' },
        bodies: { 'application/json': usageDocumentSchema },
      },
    },
    errors: ['unknown-resource'],
  },
];
