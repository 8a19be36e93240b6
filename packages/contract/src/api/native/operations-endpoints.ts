import { z } from 'zod';
import { operationDocumentSchema } from '../../documents/operation-document.js';
import { described } from '../../language.js';
import { newOperationSchema, operationPatchSchema } from '../../operation.js';
import type { Endpoint } from '../endpoint.js';

const PATH = '/v1/operations';

const path_parameters = z.object({
  server: described(z.string(), { en: 'Its server code.', es: 'Su código de servidor.' }, '0042'),
});

export const OPERATION_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'create_operation',
    api_kind: 'native',
    method: 'POST',
    path: PATH,
    title: { en: 'Create an operation', es: 'Crear una operación' },
    description: {
      en: 'An operation is one contact-centre account: its server code, licences, time zone, reply profile and limits.',
      es: 'Una operación es una cuenta de contact center: su código de servidor, licencias, zona horaria, perfil de respuesta y límites.',
    },
    scopes: ['administrator'],
    body: { 'application/json': newOperationSchema.meta({ id: 'new_operation' }) },
    body_example: { server: '0042', name: 'Demo', licences: 10, time_zone: 'America/Bogota' },
    replies: {
      201: {
        description: { en: 'The operation.', es: 'La operación.' },
        bodies: { 'application/json': operationDocumentSchema },
      },
    },
    errors: ['conflict', 'invalid-records', 'malformed-body'],
  },
  {
    id: 'list_operations',
    api_kind: 'native',
    method: 'GET',
    path: PATH,
    title: { en: 'List the operations', es: 'Listar las operaciones' },
    description: { en: 'All operations of the service.', es: 'Todas las operaciones del servicio.' },
    scopes: ['administrator'],
    replies: {
      200: {
        description: { en: 'The operations.', es: 'Las operaciones.' },
        bodies: { 'application/json': z.strictObject({ operations: z.array(operationDocumentSchema) }) },
      },
    },
    errors: [],
  },
  {
    id: 'get_operation',
    api_kind: 'native',
    method: 'GET',
    path: `${PATH}/{server}`,
    title: { en: 'Get an operation', es: 'Consultar una operación' },
    description: {
      en: 'Its licences, time zone, reply profile, limits, own words and numbering. A token sees its own operation.',
      es: 'Sus licencias, zona horaria, perfil de respuesta, límites, palabras propias y numeración. Un token ve su propia operación.',
    },
    scopes: ['report', 'ingest', 'admin', 'administrator'],
    path_parameters,
    replies: {
      200: {
        description: { en: 'The operation.', es: 'La operación.' },
        bodies: { 'application/json': operationDocumentSchema },
      },
    },
    errors: ['unknown-resource'],
  },
  {
    id: 'change_operation',
    api_kind: 'native',
    method: 'PATCH',
    path: `${PATH}/{server}`,
    title: { en: 'Change an operation', es: 'Cambiar una operación' },
    description: {
      en: 'Changes what the body names. Everything else stays as it is.',
      es: 'Cambia lo que nombra el cuerpo. Lo demás queda como está.',
    },
    scopes: ['administrator'],
    path_parameters,
    body: { 'application/json': operationPatchSchema.meta({ id: 'operation_patch' }) },
    body_example: { licences: 20, limits: { max_rows: 100_000 } },
    replies: {
      200: {
        description: { en: 'The operation.', es: 'La operación.' },
        bodies: { 'application/json': operationDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'invalid-records', 'malformed-body'],
  },
];
