import { z } from 'zod';
import { described } from '../../language.js';
import { hookQuery } from '../../queries/import-query.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

const TAKEN = {
  204: {
    description: {
      en: 'The call is stored, or it is not an attempt.',
      es: 'La llamada está guardada, o no es un intento.',
    },
  },
};

export const HOOK_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'freeswitch_hook',
    api_kind: 'native',
    method: 'POST',
    path: '/v1/hooks/freeswitch',
    title: { en: 'FreeSWITCH hook', es: 'Gancho de FreeSWITCH' },
    description: {
      en: 'Receives the record that `mod_json_cdr` posts when a call ends.',
      es: 'Recibe el registro que `mod_json_cdr` envía al terminar cada llamada.',
    },
    how: [
      {
        en: 'The token may also be the password of `Authorization: Basic`.',
        es: 'El token también puede ser la contraseña de `Authorization: Basic`.',
      },
    ],
    scopes: ['ingest', 'administrator'],
    query: z.object({ ...hookQuery.shape, ...operationQuery.shape }),
    body: { 'application/json': undefined, 'application/x-www-form-urlencoded': undefined },
    replies: TAKEN,
    errors: ['unknown-resource', 'malformed-body', 'invalid-records'],
  },
  {
    id: 'twilio_hook',
    api_kind: 'native',
    method: 'POST',
    path: '/v1/hooks/twilio',
    title: { en: 'Twilio hook', es: 'Gancho de Twilio' },
    description: {
      en: 'Receives Twilio’s status callback of each call. Its signature takes the place of a token.',
      es: 'Recibe el aviso de estado de Twilio de cada llamada. Su firma vale como token.',
    },
    query: z.object({
      ...hookQuery.shape,
      operation: described(
        z.string().optional(),
        { en: 'Server code of the operation.', es: 'Código de servidor de la operación.' },
        '0042',
      ),
    }),
    body: { 'application/x-www-form-urlencoded': undefined },
    replies: TAKEN,
    errors: ['signature-invalid', 'unknown-resource', 'invalid-records'],
  },
];
