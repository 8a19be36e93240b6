import { entry } from './entry.js';

/** The caller: tokens, scopes, slots and the quota. */
export const CALLER_ERRORS = {
  'token-missing': entry({
    status: 401,
    error: 'UNAUTHORIZED',
    msg: 'PLEASE ENTER THE WOLKVOX-TOKEN',
    cause: {
      en: 'The request carries no token.',
      es: 'La petición no trae ningún token.',
    },
    remedy: {
      en: 'Send the header `wolkvox-token`; /v1 takes `Authorization: Bearer` too.',
      es: 'Envíe el encabezado `wolkvox-token`; /v1 acepta también `Authorization: Bearer`.',
    },
    forms: ['envelope', 'problem'],
    example: {},
  }),
  'token-invalid': entry({
    status: 403,
    error: 'FORBIDDEN',
    msg: 'PLEASE VALIDATE TOKEN',
    cause: {
      en: 'The token is unknown, revoked or expired, or `operation=` names another operation than the token.',
      es: 'El token no existe, fue revocado o venció, o `operation=` nombra una operación distinta de la del token.',
    },
    remedy: {
      en: 'Use a live token of that operation.',
      es: 'Use un token vigente de esa operación.',
    },
    forms: ['envelope', 'problem'],
    example: {},
  }),
  'server-mismatch': entry({
    status: 403,
    error: 'FORBIDDEN',
    msg: 'PLEASE VALIDATE TOKEN: THE HEADER {header} IS {sent} AND THIS TOKEN BELONGS TO {server}',
    cause: {
      en: 'The header `wolkvox_server` (or `wolkvox-server`) names another operation than the token.',
      es: 'El encabezado `wolkvox_server` (o `wolkvox-server`) nombra una operación distinta de la del token.',
    },
    remedy: {
      en: 'Send the server code that the message ends with, or leave the header out. Where the program has a code of its own, create the operation under that code.',
      es: 'Envíe el código de servidor con el que termina el mensaje, o no envíe el encabezado. Si el programa trae un código propio, cree la operación con ese código.',
    },
    forms: ['envelope'],
    example: { values: { header: 'wolkvox_server', sent: '9999', server: '0042' } },
  }),
  'signature-invalid': entry({
    status: 403,
    error: 'FORBIDDEN',
    msg: 'THE SIGNATURE OF THE REQUEST IS NOT VALID',
    cause: {
      en: 'The callback does not have the signature that the auth token of its operation produces, or the service has no such auth token.',
      es: 'La notificación no trae la firma que produce el auth token de su operación, o el servicio no tiene ese token.',
    },
    remedy: {
      en: 'Set `twilio_auth_tokens` and `public_url` in the configuration file; the address must be the one that is registered at Twilio.',
      es: 'Defina `twilio_auth_tokens` y `public_url` en el archivo de configuración; la dirección debe ser la misma que se registró en Twilio.',
    },
    forms: ['problem'],
    example: {},
  }),
  'scope-missing': entry({
    status: 403,
    error: 'FORBIDDEN',
    msg: 'THE TOKEN LACKS THE SCOPE {scope}',
    cause: {
      en: 'The token is valid but does not have the scope for this.',
      es: 'El token es válido, pero no tiene el alcance (scope) para esto.',
    },
    remedy: {
      en: "Use a token with the scope that the message names; the administrator's token is `RECUENTO_ADMIN_TOKEN`.",
      es: 'Use un token con el alcance (scope) que nombra el mensaje; el del administrador es `RECUENTO_ADMIN_TOKEN`.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { scope: 'report' } },
  }),
  'too-many-simultaneous': entry({
    status: 403,
    error: 'FORBIDDEN',
    msg: 'EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN ({limit})',
    cause: {
      en: 'The token already has as many requests under way as it may have.',
      es: 'El token ya tiene en curso todas las peticiones que se le permiten.',
    },
    remedy: {
      en: 'Wait until one has ended; use one token for each program.',
      es: 'Espere a que termine una; use un token para cada programa.',
    },
    forms: ['envelope'],
    example: { values: { limit: 2 }, retry_after_s: 1 },
  }),
  'quota-exceeded': entry({
    status: 403,
    error: 'FORBIDDEN',
    msg: 'TOKEN LIMIT EXCEEDED',
    cause: {
      en: "The operation's calls of the day are used up: licences × 1,000, from midnight of its time zone.",
      es: 'La operación agotó las llamadas del día: licencias × 1.000, contadas desde la medianoche de su zona horaria.',
    },
    remedy: {
      en: 'Wait for midnight (Retry-After says how long), or raise the licences.',
      es: 'Espere hasta la medianoche (Retry-After dice cuánto falta), o aumente las licencias.',
    },
    forms: ['envelope'],
    example: { retry_after_s: 3_600 },
  }),
};
