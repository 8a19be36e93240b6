import { z } from 'zod';
import { described, type Text } from '../../language.js';
import { DEFAULT_LIMITS } from '../../limits.js';
import { operationReportQuery, reportQuery } from '../../queries/report-query.js';
import type { ReportDescription } from '../../report-description.js';
import type { Endpoint } from '../endpoint.js';
import { emptyReplySchema, pagedReplySchema } from './envelope.js';

/** What holds for every report (seed page, "Cómo funciona"), with the default limits of an operation. */
const HOW: readonly Text[] = [
  {
    en: 'It is called with GET. The header `wolkvox-token` carries the token; `wolkvox_server` may name the operation.',
    es: 'Se consume por GET. El encabezado `wolkvox-token` lleva el token; `wolkvox_server` puede indicar la operación.',
  },
  {
    en: 'Both ends of the window are inclusive, in the wall time of the operation. Windows that follow each other second by second never overlap and never leave a gap.',
    es: 'Ambos extremos de la ventana se incluyen, en la hora local de la operación. Las ventanas que se siguen segundo a segundo no se solapan ni dejan huecos.',
  },
  {
    en: 'To watch an operation, one call every 5 minutes is enough.',
    es: 'Para hacer seguimiento a una operación basta un consumo cada 5 minutos.',
  },
  {
    en: `Rows of a reply: ${DEFAULT_LIMITS.max_rows.toLocaleString('en')} at most. Send \`cursor=\` to read more, page by page.`,
    es: `Filas de una respuesta: a lo sumo ${DEFAULT_LIMITS.max_rows.toLocaleString('en')}. Envíe \`cursor=\` para leer más, por páginas.`,
  },
  {
    en: `Days of a window: ${DEFAULT_LIMITS.max_window_days}.`,
    es: `Días de una ventana: ${DEFAULT_LIMITS.max_window_days}.`,
  },
  {
    en: `Weight of a reply: ${DEFAULT_LIMITS.max_reply_bytes / 1024 ** 2} MB. Time of a call: ${DEFAULT_LIMITS.max_call_ms / 1_000} seconds.`,
    es: `Peso de una respuesta: ${DEFAULT_LIMITS.max_reply_bytes / 1024 ** 2} MB. Tiempo de un consumo: ${DEFAULT_LIMITS.max_call_ms / 1_000} segundos.`,
  },
  {
    en: `Requests of one token at the same time: ${DEFAULT_LIMITS.max_simultaneous}. Calls a day: licences × ${DEFAULT_LIMITS.calls_per_licence.toLocaleString('en')}.`,
    es: `Solicitudes simultáneas de un token: ${DEFAULT_LIMITS.max_simultaneous}. Consumos diarios: licencias × ${DEFAULT_LIMITS.calls_per_licence.toLocaleString('en')}.`,
  },
  {
    en: 'Once the window is over, replies have an `ETag`. Send it back as `If-None-Match`: while the result is unchanged, the reply is a 304 instead of the report.',
    es: 'Cuando la ventana ya pasó, las respuestas llevan un `ETag`. Envíelo como `If-None-Match`: mientras el resultado no cambie, la respuesta es un 304 en lugar del reporte.',
  },
];

const PATH = '/api/v2/reports_manager.php';

/** A report of `reports_manager.php`. */
export function reportEndpoint(report: ReportDescription): Endpoint {
  return {
    id: report.api,
    api_kind: 'documented',
    method: 'GET',
    path: PATH,
    title: report.title,
    description: report.description,
    benefit: report.benefit,
    how: HOW,
    scopes: ['report'],
    query: z.object({
      api: apiNamed(report.api),
      ...(report.is_of_all ? operationReportQuery : reportQuery).shape,
    }),
    headers: z.object({
      'If-None-Match': described(z.string().optional(), {
        en: 'The `ETag` of an earlier reply: 304 when nothing changed.',
        es: 'El `ETag` de una respuesta anterior: 304 si nada cambió.',
      }),
    }),
    replies: {
      200: {
        description: { en: 'The report.', es: 'El reporte.' },
        bodies: { 'application/json': pagedReplySchema(report) },
        alternatives: [{ 'application/json': emptyReplySchema }],
      },
      304: {
        description: {
          en: 'Unchanged since the reply that `If-None-Match` names.',
          es: 'Sin cambios desde la respuesta que indica `If-None-Match`.',
        },
      },
    },
    errors: [
      'window-reversed',
      'window-too-long',
      'no-records',
      'too-many-rows',
      'reply-too-large',
      'report-timeout',
    ],
  };
}

/** The parameter that tells calls of one path apart. */
export function apiNamed(name: string) {
  return described(z.literal(name), { en: 'Which call it is.', es: 'Qué consumo es.' }, name);
}
