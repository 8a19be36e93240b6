import { z } from 'zod';
import { attemptSchema } from '../../attempt.js';
import { uploadReplySchema } from '../../documents/upload-document.js';
import { described } from '../../language.js';
import { DEFAULT_LIMITS } from '../../limits.js';
import { operationQuery } from '../../queries/list-query.js';
import { uploadQuery } from '../../queries/upload-query.js';
import type { Endpoint } from '../endpoint.js';

const attempts = z
  .array(attemptSchema.meta({ id: 'attempt' }))
  .meta({ maxItems: DEFAULT_LIMITS.max_records });

export const ATTEMPT_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'post_attempts',
    api_kind: 'native',
    method: 'POST',
    path: '/v1/attempts',
    title: { en: 'Upload attempts', es: 'Subir intentos' },
    description: {
      en: 'Stores attempts as the dialer saw them: all or none, unless `on_error=skip` is sent. 201 means that they are durable and in every report. Sending them again is safe, because an attempt has an identity: campaign, telephone, dialed_at and attempt_id.',
      es: 'Guarda intentos tal como los vio el marcador: todos o ninguno, salvo que se envíe `on_error=skip`. 201 significa que son durables y están en todos los reportes. Enviarlos de nuevo es seguro, pues un intento tiene identidad: campaña, teléfono, dialed_at y attempt_id.',
    },
    how: [
      {
        en: 'The body is a JSON array (a single object is a list of one), or one object a line (`application/x-ndjson`). `Content-Encoding: gzip` is accepted.',
        es: 'El cuerpo es un arreglo JSON (un solo objeto es una lista de uno), o un objeto por línea (`application/x-ndjson`). Se acepta `Content-Encoding: gzip`.',
      },
      {
        en: 'If one record is not valid, the whole upload is refused, and the reply lists the first 100 faults by index and field. With `on_error=skip` records that are not valid are left out and the others are stored; in NDJSON a line that is not JSON counts as such a record.',
        es: 'Si un registro no es válido se rechaza toda la carga, y la respuesta lista las primeras 100 fallas por índice y campo. Con `on_error=skip` los registros no válidos se dejan fuera y los demás se guardan; en NDJSON, una línea que no es JSON cuenta como uno de ellos.',
      },
      {
        en: `${DEFAULT_LIMITS.max_records.toLocaleString('en')} attempts and 32 MiB at most.`,
        es: `A lo sumo ${DEFAULT_LIMITS.max_records.toLocaleString('en')} intentos y 32 MiB.`,
      },
      {
        en: 'With an `Idempotency-Key` a body that is sent again within a day is not stored a second time, even when both requests arrive at the same time.',
        es: 'Con una `Idempotency-Key`, un cuerpo que se envía otra vez en el plazo de un día no se guarda de nuevo, aunque ambas solicitudes lleguen al mismo tiempo.',
      },
    ],
    scopes: ['ingest', 'administrator'],
    query: operationQuery.extend(uploadQuery.shape),
    headers: z.object({
      'Idempotency-Key': described(z.string().optional(), {
        en: 'A key of your own, 1 to 255 characters: the same body with the same key is not stored again, for a day.',
        es: 'Una clave propia, de 1 a 255 caracteres: el mismo cuerpo con la misma clave no se guarda de nuevo, por un día.',
      }),
    }),
    body: { 'application/json': attempts, 'application/x-ndjson': undefined },
    body_example: [
      {
        attempt_id: 'c-1',
        campaign_id: 1001,
        telephone: '573001234567',
        dialed_at: '2026-11-03T09:15:00-05:00',
        result: 'no_answer',
      },
    ],
    replies: {
      201: {
        description: { en: 'The attempts are stored.', es: 'Los intentos están guardados.' },
        bodies: {
          'application/json': uploadReplySchema,
        },
      },
    },
    errors: ['unknown-resource', 'malformed-body', 'too-many-records', 'invalid-records', 'conflict'],
  },
];
