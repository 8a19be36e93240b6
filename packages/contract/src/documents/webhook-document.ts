import { z } from 'zod';
import { described } from '../language.js';
import { BEHIND_MAX } from '../limits.js';
import { EVENT_KINDS } from '../webhook.js';
import { WEBHOOK_FAILURES } from '../webhook-failure.js';

/**
 * How a webhook is. `in_step`: nothing waits. `delivering`: events are on their way. `retrying`: the last post was not taken, and
 * is repeated with growing waits. `failed`: that has lasted for a day, and it is tried only now and then.
 */
export const WEBHOOK_STATES = ['in_step', 'delivering', 'retrying', 'failed'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

const failure = {
  failure: described(z.enum(WEBHOOK_FAILURES), {
    en: 'Why, for programs.',
    es: 'Por qué, para programas.',
  }),
  status: described(z.int().nullable(), {
    en: 'What the receiver answered; `null` where it did not.',
    es: 'Lo que respondió el receptor; `null` si no respondió.',
  }),
  reason: described(z.string(), {
    en: 'Why, as a sentence, in the language asked for.',
    es: 'Por qué, en una frase, en el idioma pedido.',
  }),
};

const fields = {
  id: z.string(),
  operation: described(z.string(), {
    en: 'Server code of its operation.',
    es: 'Código de servidor de su operación.',
  }),
  url: z.string(),
  events: z.array(z.enum(EVENT_KINDS)),
  created_at: z.iso.datetime(),
};

/** A webhook without its secret. */
export const webhookDocumentSchema = z
  .strictObject({
    ...fields,
    state: described(z.enum(WEBHOOK_STATES), {
      en: '`in_step`: nothing waits. `delivering`: events are on their way. `retrying`: the last post was not taken, and is repeated. `failed`: that has lasted for a day, and it is tried only now and then; nothing is lost.',
      es: '`in_step`: nada espera. `delivering`: hay eventos en camino. `retrying`: el último envío no se recibió, y se repite. `failed`: eso dura ya un día, y solo se prueba de vez en cuando; nada se pierde.',
    }),
    behind: described(z.array(z.strictObject({ event: z.enum(EVENT_KINDS), events: z.int() })), {
      en: `Events that were not delivered yet, by kind, counted up to ${BEHIND_MAX.toLocaleString('en')}.`,
      es: `Eventos que aún no se entregaron, por tipo, contados hasta ${BEHIND_MAX.toLocaleString('en')}.`,
    }),
    last_success_at: z.iso.datetime().nullable(),
    last_failure: z.strictObject({ at: z.iso.datetime(), ...failure }).nullable(),
    failing_since: described(z.iso.datetime().nullable(), {
      en: 'Since when every post has failed; `null` if the last one was taken.',
      es: 'Desde cuándo falla cada envío; `null` si el último se recibió.',
    }),
    next_try_at: described(z.iso.datetime().nullable(), {
      en: 'When a post that failed is repeated.',
      es: 'Cuándo se repite un envío que falló.',
    }),
  })
  .meta({ id: 'webhook' });
export type WebhookDocument = Readonly<z.output<typeof webhookDocumentSchema>>;

/** The reply that creates a webhook: the only one that shows its secret. */
export const newWebhookDocumentSchema = z
  .strictObject({
    ...fields,
    secret: described(z.string(), {
      en: 'What the posts are signed with. It is shown only this once.',
      es: 'Con lo que se firman los envíos. Se muestra solo esta vez.',
    }),
  })
  .meta({ id: 'new_webhook' });

/** What came of a test delivery. */
export const webhookTestDocumentSchema = z
  .discriminatedUnion('delivered', [
    z.strictObject({ delivered: z.literal(true), status: z.int() }),
    z.strictObject({ delivered: z.literal(false), ...failure }),
  ])
  .meta({ id: 'webhook_test' });
export type WebhookTestDocument = Readonly<z.output<typeof webhookTestDocumentSchema>>;
