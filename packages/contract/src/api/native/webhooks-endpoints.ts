import { z } from 'zod';
import {
  newWebhookDocumentSchema,
  webhookDocumentSchema,
  webhookTestDocumentSchema,
} from '../../documents/webhook-document.js';
import { described } from '../../language.js';
import { MAX_WEBHOOKS } from '../../limits.js';
import { operationQuery } from '../../queries/list-query.js';
import { newWebhookSchema } from '../../webhook.js';
import type { Endpoint } from '../endpoint.js';

const PATH = '/v1/webhooks';

const path_parameters = z.object({
  id: described(z.string(), { en: 'Id of the webhook.', es: 'Identificador del webhook.' }),
});

export const WEBHOOK_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'create_webhook',
    api_kind: 'native',
    method: 'POST',
    path: PATH,
    title: { en: 'Create a webhook', es: 'Crear un webhook' },
    description: {
      en: `New events are posted to the address as they come: signed, in order, and each at least once. An operation has ${MAX_WEBHOOKS} webhooks at most.`,
      es: `Los eventos nuevos se envían a la dirección a medida que llegan: firmados, en orden, y cada uno al menos una vez. Una operación tiene a lo sumo ${MAX_WEBHOOKS} webhooks.`,
    },
    how: [
      {
        en: 'The body is `{"id","event","at","operation","webhook","data":[…],"next"}`: up to 500 events of one kind, oldest first. `next` can be sent as `since` to the call that lists these events.',
        es: 'El cuerpo es `{"id","event","at","operation","webhook","data":[…],"next"}`: hasta 500 eventos de un tipo, los más antiguos primero. `next` se puede enviar como `since` a la llamada que lista estos eventos.',
      },
      {
        en: 'The signature is that of the Standard Webhooks specification: `webhook-signature` has `v1,` and the HMAC-SHA256, in Base64, of `webhook-id`, `webhook-timestamp` and the body with dots between them.',
        es: 'La firma es la de la especificación Standard Webhooks: `webhook-signature` tiene `v1,` y el HMAC-SHA256, en Base64, de `webhook-id`, `webhook-timestamp` y el cuerpo, con puntos entre ellos.',
      },
      {
        en: 'Only an answer of 200 to 299 within 15 seconds counts as taken. Anything else is repeated with growing waits for a day, and then every six hours, with the same `webhook-id`. Redirects are not followed.',
        es: 'Solo una respuesta de 200 a 299 en menos de 15 segundos cuenta como recibida. Lo demás se repite con esperas crecientes durante un día, y después cada seis horas, con el mismo `webhook-id`. Las redirecciones no se siguen.',
      },
    ],
    scopes: ['admin', 'administrator'],
    query: operationQuery,
    body: { 'application/json': newWebhookSchema },
    body_example: { url: 'https://dialer.example.com/recuento', events: ['hygiene.changes', 'alarms'] },
    replies: {
      201: {
        description: { en: 'The webhook with its secret.', es: 'El webhook con su secreto.' },
        bodies: { 'application/json': newWebhookDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'conflict', 'invalid-records', 'malformed-body'],
  },
  {
    id: 'list_webhooks',
    api_kind: 'native',
    method: 'GET',
    path: PATH,
    title: { en: 'List the webhooks', es: 'Listar los webhooks' },
    description: {
      en: 'The webhooks of the operation, oldest first, without secrets: how each is doing, why its last post failed, and how many events it is behind.',
      es: 'Los webhooks de la operación, los más antiguos primero, sin secretos: cómo va cada uno, por qué falló su último envío, y cuántos eventos le faltan.',
    },
    scopes: ['admin', 'administrator'],
    query: operationQuery,
    replies: {
      200: {
        description: { en: 'The webhooks.', es: 'Los webhooks.' },
        bodies: { 'application/json': z.strictObject({ webhooks: z.array(webhookDocumentSchema) }) },
      },
    },
    errors: ['unknown-resource'],
  },
  {
    id: 'delete_webhook',
    api_kind: 'native',
    method: 'DELETE',
    path: `${PATH}/{id}`,
    title: { en: 'Delete a webhook', es: 'Eliminar un webhook' },
    description: {
      en: 'Nothing more is sent, except for a post that is under way.',
      es: 'No se envía nada más, salvo un envío que esté en curso.',
    },
    scopes: ['admin', 'administrator'],
    path_parameters,
    query: operationQuery,
    replies: { 204: { description: { en: 'The webhook is deleted.', es: 'El webhook está eliminado.' } } },
    errors: ['unknown-resource'],
  },
  {
    id: 'test_webhook',
    api_kind: 'native',
    method: 'POST',
    path: `${PATH}/{id}/test`,
    title: { en: 'Test a webhook', es: 'Probar un webhook' },
    description: {
      en: 'Sends the event `test`, signed like any other, with no data, and says what the receiver answered. If the receiver takes it, events that wait are sent at once.',
      es: 'Envía el evento `test`, firmado como cualquier otro, sin datos, y dice qué respondió el receptor. Si el receptor lo recibe, los eventos que esperan se envían de inmediato.',
    },
    scopes: ['admin', 'administrator'],
    path_parameters,
    query: operationQuery,
    replies: {
      200: {
        description: { en: 'What came of it.', es: 'Lo que resultó.' },
        bodies: { 'application/json': webhookTestDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'conflict'],
  },
];
