import { z } from 'zod';
import { trendDocumentSchema } from '../../documents/trend-document.js';
import { described } from '../../language.js';
import { TABLE_LIMITS } from '../../limits.js';
import { operationQuery } from '../../queries/list-query.js';
import { trendQuery } from '../../queries/table-query.js';
import type { Endpoint } from '../endpoint.js';
import { TABLE_FILES, TABLE_HOW } from './tables-endpoints.js';

export const TREND_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'trend',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/trend',
    title: { en: 'Results over time', es: 'Resultados en el tiempo' },
    description: {
      en: 'How many attempts ended with each result, by hour or day of the operation, and also by campaign or trunk with `by`.',
      es: 'Cuántos intentos terminaron con cada resultado, por hora o día de la operación, y con `by` también por campaña o troncal.',
    },
    benefit: {
      en: 'Shows when a list, a campaign or a trunk went bad.',
      es: 'Muestra cuándo se dañó una lista, una campaña o una troncal.',
    },
    how: [
      ...TABLE_HOW,
      {
        en: 'Only intervals with attempts have a row. An hour that a clock shows twice is two intervals, with different offsets.',
        es: 'Solo tienen fila los intervalos con intentos. Una hora que un reloj muestra dos veces son dos intervalos, con distinto desfase.',
      },
      {
        en: 'In JSON, replies have an `ETag`. Send it back as `If-None-Match`, as browsers do by themselves: while no attempt of the window has changed, the reply is a 304, which costs the service next to nothing.',
        es: 'En JSON, las respuestas llevan un `ETag`. Envíelo como `If-None-Match`, como hacen por sí solos los navegadores: mientras no cambie ningún intento de la ventana, la respuesta es un 304, que casi no le cuesta al servicio.',
      },
      {
        en: `Rows: ${TABLE_LIMITS.trend_rows_max.toLocaleString('en')} at most, in every format.`,
        es: `Filas: a lo sumo ${TABLE_LIMITS.trend_rows_max.toLocaleString('en')}, en todos los formatos.`,
      },
    ],
    scopes: ['report', 'administrator'],
    query: z.object({ ...trendQuery.shape, ...operationQuery.shape }),
    headers: z.object({
      'If-None-Match': described(z.string().optional(), {
        en: 'The `ETag` of an earlier reply: 304 when nothing changed.',
        es: 'El `ETag` de una respuesta anterior: 304 si nada cambió.',
      }),
    }),
    replies: {
      200: {
        description: { en: 'The counts.', es: 'Los conteos.' },
        bodies: { 'application/json': trendDocumentSchema, ...TABLE_FILES },
      },
      304: {
        description: {
          en: 'Unchanged since the reply that `If-None-Match` names.',
          es: 'Sin cambios desde la respuesta que indica `If-None-Match`.',
        },
      },
    },
    errors: ['unknown-resource', 'window-too-long', 'table-too-long', 'report-timeout'],
  },
];
