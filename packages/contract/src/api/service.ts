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
    en: '`en` or `es`. Absent or any other value: the language of `Accept-Language`.',
    es: '`en` o `es`. Ausente o con otro valor: el idioma de `Accept-Language`.',
  }),
});

const state = (...words: readonly [string, ...string[]]) => z.strictObject({ status: z.enum(words) });

const notReady = z.strictObject({
  status: z.enum(['stopping', 'not ready']),
  reason: described(z.enum(['disk-full', 'disk-write', 'accounts', 'engine']).optional(), {
    en: 'What is not ready: the disk has only its reserve left, the disk cannot be written, or a store does not answer.',
    es: 'Lo que no está listo: al disco solo le queda la reserva, en el disco no se puede escribir, o un almacén no responde.',
  }),
});

/** Health checks and the documentation for programs. No token is needed. */
export const SERVICE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'healthz',
    api_kind: 'service',
    method: 'GET',
    path: '/healthz',
    title: { en: 'Liveness check', es: 'Prueba de vida' },
    description: { en: 'Shows that the process is running.', es: 'Muestra que el proceso está en marcha.' },
    replies: {
      200: {
        description: { en: 'The process is running.', es: 'El proceso está en marcha.' },
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
    title: { en: 'Readiness check', es: 'Prueba de disponibilidad' },
    description: {
      en: 'Shows whether the service can take requests: both stores answer, the disk was written a moment ago and has more than its reserve free, and the service is not stopping.',
      es: 'Muestra si el servicio puede atender solicitudes: ambos almacenes responden, en el disco se escribió hace un momento y le queda libre más que la reserva, y el servicio no se está deteniendo.',
    },
    replies: {
      200: { description: { en: 'Ready.', es: 'Listo.' }, bodies: { 'application/json': state('ready') } },
      503: {
        description: { en: 'Not ready.', es: 'No está listo.' },
        // A problem document when too many callers without a token ask at once.
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
    title: { en: 'OpenAPI document', es: 'Documento OpenAPI' },
    description: {
      en: 'This documentation as an OpenAPI 3.1 document, made from the schemas that validate requests. Calls of the documented API that share a path are one operation, and `api` tells them apart. In Spanish with `lang=es`.',
      es: 'Esta documentación como documento OpenAPI 3.1, hecho con los esquemas que validan las solicitudes. Los consumos de la API documentada que comparten ruta son una sola operación, que `api` distingue. En español con `lang=es`.',
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
    title: { en: 'Postman collection', es: 'Colección de Postman' },
    description: {
      en: 'A Postman collection with every call, and variables for host and token. Reads and writes are in separate folders, and no write is sent until the variable `writes` is `yes`.',
      es: 'Una colección de Postman con cada consumo, y variables para el servidor y el token. Las consultas y los cambios están en carpetas separadas, y ningún cambio se envía hasta que la variable `writes` sea `yes`.',
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
