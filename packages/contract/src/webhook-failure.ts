import type { Language, Text } from './language.js';

/** Why a post was not taken, as programs read it. */
export const WEBHOOK_FAILURES = [
  'status',
  'redirect',
  'timeout',
  'refused',
  'reset',
  'unknown_host',
  'address_not_allowed',
  'plain_http',
  'certificate',
  'not_http',
  'unreachable',
] as const;
export type WebhookFailure = (typeof WEBHOOK_FAILURES)[number];

/** `{status}` is what the receiver answered. */
const REASONS: Readonly<Record<WebhookFailure, Text>> = {
  status: {
    en: 'The receiver answered {status}; only 200 to 299 mean that it has the events.',
    es: 'El receptor respondió {status}; solo de 200 a 299 significan que tiene los eventos.',
  },
  redirect: {
    en: 'The receiver answered {status}, a redirect, and redirects are not followed: create the webhook with the final address.',
    es: 'El receptor respondió {status}, una redirección, y las redirecciones no se siguen: cree el webhook con la dirección final.',
  },
  timeout: {
    en: 'The receiver did not answer in time.',
    es: 'El receptor no respondió a tiempo.',
  },
  refused: {
    en: 'Nothing accepts connections at this address and port.',
    es: 'Nada acepta conexiones en esta dirección y este puerto.',
  },
  reset: {
    en: 'The receiver closed the connection without an answer.',
    es: 'El receptor cerró la conexión sin responder.',
  },
  unknown_host: {
    en: 'The host name was not found.',
    es: 'No se encontró el nombre del servidor.',
  },
  address_not_allowed: {
    en: 'The host is on a private network, or on the service’s own. The administrator can allow it with `RECUENTO_WEBHOOKS_MAY_REACH`.',
    es: 'El servidor está en una red privada, o en la del propio servicio. El administrador puede permitirlo con `RECUENTO_WEBHOOKS_MAY_REACH`.',
  },
  plain_http: {
    en: 'The address begins with `http://`, which is allowed only for receivers that the administrator named with `RECUENTO_WEBHOOKS_MAY_REACH`: use `https://`.',
    es: 'La dirección empieza por `http://`, lo que se permite solo para los receptores que el administrador nombró con `RECUENTO_WEBHOOKS_MAY_REACH`: use `https://`.',
  },
  certificate: {
    en: 'The receiver’s certificate is not valid for this address.',
    es: 'El certificado del receptor no es válido para esta dirección.',
  },
  not_http: {
    en: 'What answered does not speak HTTP as the address says.',
    es: 'Lo que respondió no habla HTTP como dice la dirección.',
  },
  unreachable: {
    en: 'The receiver could not be reached.',
    es: 'No se pudo llegar al receptor.',
  },
};

/** The reason as a sentence. @param status what the receiver answered, where it did */
export function webhookFailureReason(
  failure: WebhookFailure,
  status: number | null,
  language: Language,
): string {
  return REASONS[failure][language].replace('{status}', String(status));
}
