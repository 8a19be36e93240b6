import { z } from 'zod';
import { problemSchema } from '../documents/problem-document.js';
import { described } from '../language.js';
import type { Endpoint, Reply } from './endpoint.js';

const UNCHANGED: Reply = {
  description: {
    en: 'Unchanged since the reply that `If-None-Match` names.',
    es: 'Sin cambios desde la respuesta que indica `If-None-Match`.',
  },
};

const query = z.object({
  lang: described(z.string().optional(), {
    en: '`en` or `es`. Absent, or another: as `Accept-Language` says.',
    es: '`en` o `es`. Ausente, u otro: según `Accept-Language`.',
  }),
});

const state = (...words: readonly [string, ...string[]]) => z.strictObject({ status: z.enum(words) });

const notReady = z.strictObject({
  status: z.enum(['stopping', 'not ready']),
  reason: described(z.enum(['disk-full', 'disk-write', 'accounts', 'engine']).optional(), {
    en: 'What is not ready: the disk has only its reserve left, it cannot be written, or a store does not answer.',
    es: 'Lo que no está listo: al disco solo le queda la reserva, no se puede escribir, o un almacén no responde.',
  }),
});

/** What watches the service, and what tells of it. Nobody is asked for a token. */
export const SERVICE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'healthz',
    api_kind: 'service',
    method: 'GET',
    path: '/healthz',
    title: { en: 'Liveness check', es: 'Comprobación de actividad' },
    description: { en: 'The process answers.', es: 'El proceso responde.' },
    replies: {
      200: {
        description: { en: 'The process is alive.', es: 'El proceso está activo.' },
        bodies: { 'application/json': state('ok') },
      },
    },
    errors: [],
  },
  {
    id: 'readyz',
    api_kind: 'service',
    method: 'GET',
    path: '/readyz',
    title: { en: 'Readiness check', es: 'Comprobación de disponibilidad' },
    description: {
      en: 'Both stores answer, the disk was written a moment ago and has more than its reserve, and the service is not stopping.',
      es: 'Ambos almacenes responden, el disco se escribió hace un momento y tiene más que su reserva, y el servicio no se está deteniendo.',
    },
    replies: {
      200: { description: { en: 'Ready.', es: 'Listo.' }, bodies: { 'application/json': state('ready') } },
      503: {
        description: { en: 'Not ready.', es: 'No está listo.' },
        // The other one where too many strangers ask at once.
        bodies: { 'application/json': notReady, 'application/problem+json': problemSchema },
      },
    },
    errors: [],
  },
  {
    id: 'openapi',
    api_kind: 'service',
    method: 'GET',
    path: '/openapi.json',
    query,
    title: { en: 'This documentation for programs', es: 'Esta documentación para programas' },
    description: {
      en: 'An OpenAPI 3.1 document, made of the schemas that validate. Calls of the documented API that share a path are one operation, told apart by `api`. Spanish with `lang=es`.',
      es: 'Un documento OpenAPI 3.1, hecho de los esquemas que validan. Los consumos de la API documentada que comparten ruta son una sola operación, que `api` distingue. En español con `lang=es`.',
    },
    replies: {
      200: {
        description: { en: 'The document.', es: 'El documento.' },
        bodies: { 'application/json': z.looseObject({ openapi: z.string() }) },
      },
      304: UNCHANGED,
    },
    errors: [],
  },
  {
    id: 'postman',
    api_kind: 'service',
    method: 'GET',
    path: '/postman.json',
    query,
    title: { en: 'This documentation for Postman', es: 'Esta documentación para Postman' },
    description: {
      en: 'A Postman collection with every call, and variables for host and token. Reads and writes are folders of their own, and no write is sent until its variable `writes` is `yes`.',
      es: 'Una colección de Postman con cada consumo, y variables para el servidor y el token. Consultas y cambios son carpetas aparte, y ningún cambio se envía hasta que su variable `writes` sea `yes`.',
    },
    replies: {
      200: {
        description: { en: 'The collection.', es: 'La colección.' },
        bodies: { 'application/json': z.looseObject({ info: z.looseObject({ name: z.string() }) }) },
      },
      304: UNCHANGED,
    },
    errors: [],
  },
];
