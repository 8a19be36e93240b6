import { z } from 'zod';
import type { Text } from '../../language.js';
import { campaignsQuery } from '../../queries/report.js';
import type { ReportDescription } from '../../report.js';
import { CAMPAIGNS } from '../../reports/campaigns.js';
import { TOKEN_INFO } from '../../reports/token-info.js';
import type { Endpoint } from '../endpoint.js';
import { emptyReplySchema, listReplySchema } from './envelope.js';
import { apiNamed } from './reports.js';

const COUNTS: Text = {
  en: 'It is called with GET and counts as a call of the day itself.',
  es: 'Se consume por GET y cuenta como un consumo del día.',
};

function informationEndpoint(list: ReportDescription, query: z.ZodRawShape): Endpoint {
  return {
    id: list.api,
    face: 'vendor',
    method: 'GET',
    path: '/api/v2/information.php',
    title: list.title,
    description: list.description,
    benefit: list.benefit,
    how: [COUNTS],
    scopes: ['report'],
    query: z.object({ api: apiNamed(list.api), ...query }),
    replies: {
      200: {
        description: { en: 'The list.', es: 'La lista.' },
        bodies: { 'application/json': listReplySchema(list) },
        alternatives: [{ 'application/json': emptyReplySchema }],
      },
    },
    errors: ['no-records'],
  };
}

/** The short lists of `information.php`. */
export const INFORMATION_ENDPOINTS: readonly Endpoint[] = [
  informationEndpoint(CAMPAIGNS, campaignsQuery.shape),
  informationEndpoint(TOKEN_INFO, {}),
];
