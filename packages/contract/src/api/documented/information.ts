import { z } from 'zod';
import type { Text } from '../../language.js';
import { DEFAULT_LIMITS } from '../../limits.js';
import { CAMPAIGNS } from '../../lists/campaigns.js';
import { TOKEN_INFO } from '../../lists/token-info.js';
import { campaignsQuery } from '../../queries/report-query.js';
import type { ReportDescription } from '../../report-description.js';
import type { Endpoint } from '../endpoint.js';
import { emptyReplySchema, listReplySchema, pagedReplySchema } from './envelope.js';
import { apiNamed } from './reports.js';

const COUNTS: Text = {
  en: 'It is called with GET and counts as a call of the day.',
  es: 'Se consume por GET y cuenta como un consumo del día.',
};

const CAMPAIGNS_A_REPLY: Text = {
  en: `Campaigns of a reply: ${DEFAULT_LIMITS.max_rows.toLocaleString('en')} at most. Send \`cursor=\` to read more, page by page.`,
  es: `Campañas de una respuesta: a lo sumo ${DEFAULT_LIMITS.max_rows.toLocaleString('en')}. Envíe \`cursor=\` para leer más, por páginas.`,
};

/** What the lists have in common. */
function informationEndpoint(list: ReportDescription): Omit<Endpoint, 'query' | 'replies' | 'errors'> {
  return {
    id: list.api,
    api_kind: 'documented',
    method: 'GET',
    path: '/api/v2/information.php',
    title: list.title,
    description: list.description,
    benefit: list.benefit,
    how: [COUNTS],
    scopes: ['report'],
  };
}

function replyOf(schema: z.ZodObject): Endpoint['replies'] {
  return {
    200: {
      description: { en: 'The list.', es: 'La lista.' },
      bodies: { 'application/json': schema },
      alternatives: [{ 'application/json': emptyReplySchema }],
    },
  };
}

/** The lists of `information.php`. */
export const INFORMATION_ENDPOINTS: readonly Endpoint[] = [
  {
    ...informationEndpoint(CAMPAIGNS),
    how: [COUNTS, CAMPAIGNS_A_REPLY],
    query: z.object({ api: apiNamed(CAMPAIGNS.api), ...campaignsQuery.shape }),
    replies: replyOf(pagedReplySchema(CAMPAIGNS)),
    errors: ['no-records', 'too-many-rows', 'reply-too-large', 'report-timeout'],
  },
  {
    ...informationEndpoint(TOKEN_INFO),
    query: z.object({ api: apiNamed(TOKEN_INFO.api) }),
    replies: replyOf(listReplySchema(TOKEN_INFO)),
    errors: ['no-records'],
  },
];
