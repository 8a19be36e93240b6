import { z } from 'zod';
import { newTokenDocumentSchema, tokenDocumentSchema } from '../../documents/token-document.js';
import { described } from '../../language.js';
import { MAX_TOKENS } from '../../limits.js';
import { newTokenSchema } from '../../operation.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

const PATH = '/v1/tokens';

export const TOKEN_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'create_token',
    api_kind: 'native',
    method: 'POST',
    path: PATH,
    title: { en: 'Create a token', es: 'Crear un token' },
    description: {
      en: `The secret is shown only in this reply: the service keeps only its hash. An operation has ${MAX_TOKENS.toLocaleString('en')} live tokens at most.`,
      es: `El secreto se muestra solo en esta respuesta: el servicio solo guarda su hash. Una operación tiene a lo sumo ${MAX_TOKENS.toLocaleString('en')} tokens vigentes.`,
    },
    scopes: ['admin', 'administrator'],
    query: operationQuery,
    body: { 'application/json': newTokenSchema },
    body_example: { operation: '0042', name: 'bi', scopes: ['report', 'ingest'], expires_at: null },
    replies: {
      201: {
        description: { en: 'The token with its secret.', es: 'El token con su secreto.' },
        bodies: { 'application/json': newTokenDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'conflict', 'invalid-records', 'malformed-body'],
  },
  {
    id: 'list_tokens',
    api_kind: 'native',
    method: 'GET',
    path: PATH,
    title: { en: 'List the tokens', es: 'Listar los tokens' },
    description: {
      en: 'The live tokens of the operation, without secrets.',
      es: 'Los tokens vigentes de la operación, sin secretos.',
    },
    scopes: ['admin', 'administrator'],
    query: operationQuery,
    replies: {
      200: {
        description: { en: 'The tokens.', es: 'Los tokens.' },
        bodies: { 'application/json': z.strictObject({ tokens: z.array(tokenDocumentSchema) }) },
      },
    },
    errors: ['unknown-resource'],
  },
  {
    id: 'revoke_token',
    api_kind: 'native',
    method: 'DELETE',
    path: `${PATH}/{id}`,
    title: { en: 'Revoke a token', es: 'Revocar un token' },
    description: { en: 'The token stops working at once.', es: 'El token deja de servir de inmediato.' },
    scopes: ['admin', 'administrator'],
    path_parameters: z.object({
      id: described(z.string(), { en: 'Id of the token.', es: 'Identificador del token.' }),
    }),
    replies: { 204: { description: { en: 'The token is revoked.', es: 'El token está revocado.' } } },
    errors: ['unknown-resource'],
  },
];
