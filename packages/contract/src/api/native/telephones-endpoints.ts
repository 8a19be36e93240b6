import { z } from 'zod';
import { telephoneAttemptSchema } from '../../documents/telephone-attempts-document.js';
import { described } from '../../language.js';
import { operationQuery } from '../../queries/list-query.js';
import { telephoneAttemptsQuery, telephonePathParameters } from '../../queries/telephone-attempts-query.js';
import type { Endpoint } from '../endpoint.js';

export const TELEPHONE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'telephone_attempts',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/telephones/{telephone}/attempts',
    title: { en: 'Attempts of a telephone', es: 'Intentos de un teléfono' },
    description: {
      en: 'Every attempt of one telephone, the newest first, with what each says of the number.',
      es: 'Cada intento de un teléfono, el más reciente primero, con lo que cada uno dice del número.',
    },
    benefit: {
      en: 'The evidence behind a verdict, to look at before a number is given up.',
      es: 'La prueba detrás de un veredicto, para mirarla antes de renunciar a un número.',
    },
    how: [
      {
        en: 'A telephone that was never dialed has an empty list.',
        es: 'Un teléfono que nunca se marcó tiene una lista vacía.',
      },
    ],
    scopes: ['report', 'administrator'],
    path_parameters: telephonePathParameters,
    query: operationQuery.extend(telephoneAttemptsQuery.shape),
    replies: {
      200: {
        description: { en: 'A page of attempts.', es: 'Una página de intentos.' },
        bodies: {
          'application/json': z.strictObject({
            attempts: z.array(telephoneAttemptSchema),
            next_cursor: described(z.string().nullable(), {
              en: 'What to send as `cursor` for the next page; `null` on the last one.',
              es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
            }),
          }),
        },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
];
