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
      en: 'Attempts as the dialer saw them, all or none unless `on_error=skip` is asked for. 201 means that they are durable and in every report. Sending them again is safe, as an attempt has an identity: campaign, telephone, dialed_at and attempt_id.',
      es: 'Intentos tal como los vio el marcador, todos o ninguno salvo que se pida `on_error=skip`. 201 significa que son durables y están en todos los reportes. Enviarlos de nuevo es seguro, pues un intento tiene identidad: campaña, teléfono, dialed_at y attempt_id.',
    },
    how: [
      {
        en: 'A JSON array (one object by itself is a list of one), or one object a line (`application/x-ndjson`). `Content-Encoding: gzip` is read.',
        es: 'Un arreglo JSON (un objeto solo es una lista de uno), o un objeto por línea (`application/x-ndjson`). Se lee `Content-Encoding: gzip`.',
      },
      {
        en: 'One record that is not valid refuses all, and the first 100 faults are named by index and field. With `on_error=skip` it is left out and the others are stored; in NDJSON a line that is not JSON is such a record.',
        es: 'Un registro no válido rechaza todo, y las primeras 100 fallas se nombran por índice y campo. Con `on_error=skip` se deja fuera y los demás se guardan; en NDJSON, una línea que no es JSON es un registro así.',
      },
      {
        en: `${DEFAULT_LIMITS.max_records.toLocaleString('en')} attempts and 32 MiB at most.`,
        es: `A lo sumo ${DEFAULT_LIMITS.max_records.toLocaleString('en')} intentos y 32 MiB.`,
      },
      {
        en: 'An `Idempotency-Key` spares the work of a second delivery, for a day; also of one that comes at the same time.',
        es: 'Una `Idempotency-Key` ahorra el trabajo de una segunda entrega, por un día; también el de una que llega al mismo tiempo.',
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
        description: { en: 'They are stored.', es: 'Están guardados.' },
        bodies: {
          'application/json': uploadReplySchema,
        },
      },
    },
    errors: ['unknown-resource', 'malformed-body', 'too-many-records', 'invalid-records', 'conflict'],
  },
];
