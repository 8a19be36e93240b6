import { z } from 'zod';
import { DEFAULT_LIMITS } from '../../limits.js';
import { REAL_TIME_CAMPAIGNS } from '../../lists/real-time-campaigns.js';
import { realTimeQuery } from '../../queries/report-query.js';
import type { Endpoint } from '../endpoint.js';
import { emptyReplySchema, pagedReplySchema } from './envelope.js';
import { apiNamed } from './reports.js';

/** `real_time.php?api=campaigns`. */
export const REAL_TIME_ENDPOINT: Endpoint = {
  id: REAL_TIME_CAMPAIGNS.id,
  api: REAL_TIME_CAMPAIGNS.api,
  api_kind: 'documented',
  method: 'GET',
  path: '/api/v2/real_time.php',
  title: REAL_TIME_CAMPAIGNS.title,
  description: REAL_TIME_CAMPAIGNS.description,
  benefit: REAL_TIME_CAMPAIGNS.benefit,
  how: [
    {
      en: 'It is called with GET and counts as a call of the day.',
      es: 'Se consume por GET y cuenta como un consumo del día.',
    },
    {
      en: 'The day begins at midnight of the operation’s time zone. A campaign without attempts today is listed with zeros.',
      es: 'El día empieza a la medianoche de la zona horaria de la operación. Una campaña sin intentos hoy aparece con ceros.',
    },
    {
      en: 'Columns that only a dialer knows are always empty. Do not cache the replies: they have no `ETag`.',
      es: 'Las columnas que solo conoce un marcador van siempre vacías. No guarde las respuestas en caché: no llevan `ETag`.',
    },
    {
      en: `Campaigns of a reply: ${DEFAULT_LIMITS.max_rows.toLocaleString('en')} at most. Send \`cursor=\` to read more, page by page.`,
      es: `Campañas de una respuesta: a lo sumo ${DEFAULT_LIMITS.max_rows.toLocaleString('en')}. Envíe \`cursor=\` para leer más, por páginas.`,
    },
  ],
  scopes: ['report'],
  query: z.object({ api: apiNamed(REAL_TIME_CAMPAIGNS.api), ...realTimeQuery.shape }),
  replies: {
    200: {
      description: { en: 'The campaigns.', es: 'Las campañas.' },
      bodies: { 'application/json': pagedReplySchema(REAL_TIME_CAMPAIGNS) },
      alternatives: [{ 'application/json': emptyReplySchema }],
    },
  },
  errors: ['no-records', 'too-many-rows', 'reply-too-large', 'report-timeout'],
};
