import { z } from 'zod';
import { described } from './language.js';

/** Kinds of events that webhooks are sent. Each kind is a list of its own, in its own order. */
export const EVENT_KINDS = ['hygiene.changes', 'alarms'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Longer than any address that people set up, and short enough to be shown. */
const URL_MAX_CHARS = 1_024;

/** What is wrong with the address of a receiver whatever the service's settings are; undefined: nothing. */
function urlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is no address: write it as https://dialer.example.com/recuento';
  const { protocol, username, password, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'does not begin with https://';
  // The address is shown in lists, and each post has a signature instead.
  if (`${username}${password}` !== '') return 'has a user or a password, which lists would show';
  if (hash !== '') return 'has a fragment (#), which is never sent';
  return undefined;
}

export const newWebhookSchema = z.strictObject({
  url: described(
    z
      .string()
      .max(URL_MAX_CHARS, `has more than ${URL_MAX_CHARS} characters`)
      .superRefine((text, ctx) => {
        const fault = urlFault(text);
        if (fault !== undefined) ctx.addIssue({ code: 'custom', message: fault });
      }),
    {
      en: 'Where to send the events: `https://…`. `http://…` is allowed only for receivers that the administrator named (`RECUENTO_WEBHOOKS_MAY_REACH`).',
      es: 'A dónde enviar los eventos: `https://…`. `http://…` se permite solo para los receptores que nombró el administrador (`RECUENTO_WEBHOOKS_MAY_REACH`).',
    },
    'https://dialer.example.com/recuento',
  ),
  events: described(
    z
      .array(z.enum(EVENT_KINDS))
      .min(1)
      .max(EVENT_KINDS.length)
      .transform((events) => [...new Set(events)]),
    {
      en: '`hygiene.changes`: telephones put in quarantine, restored, and due for another try. `alarms`: what is unusual now.',
      es: '`hygiene.changes`: teléfonos puestos en cuarentena, restaurados, o que toca volver a probar. `alarms`: lo que ahora es inusual.',
    },
  ),
});
export type NewWebhook = z.output<typeof newWebhookSchema>;
