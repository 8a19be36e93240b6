import { sessionDocumentSchema, signInLinkDocumentSchema } from '../../documents/session-document.js';
import { SESSION_LIMITS } from '../../limits.js';
import type { Endpoint } from '../endpoint.js';

const PATH = '/v1/session';
const LINK_MINUTES = SESSION_LIMITS.link_lives_ms / 60_000;
const HOURS = SESSION_LIMITS.lives_ms / 3_600_000;
const ANYBODY = ['report', 'ingest', 'admin', 'administrator'] as const;

export const SESSION_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'create_session',
    api_kind: 'native',
    method: 'POST',
    path: PATH,
    title: { en: 'Sign in', es: 'Iniciar sesión' },
    description: {
      en: `Gives a browser a cookie for the token that is sent, or for the code of a link, for ${HOURS} hours. The console signs in with it.`,
      es: `Da a un navegador una cookie a cambio del token enviado, o del código de un enlace, durante ${HOURS} horas. Con ella inicia sesión la consola.`,
    },
    how: [
      {
        en: 'The cookie cannot be read by scripts and is sent by pages of the service alone. A call that changes something must also come from such a page.',
        es: 'Los scripts no pueden leer la cookie, y solo la envían las páginas del servicio. Una llamada que cambia algo debe venir además de una de ellas.',
      },
      {
        en: `A token has ${SESSION_LIMITS.each_owner} sessions at most: the oldest ends where another begins. They end with the token.`,
        es: `Un token tiene a lo sumo ${SESSION_LIMITS.each_owner} sesiones: la más antigua termina cuando empieza otra. Terminan con el token.`,
      },
    ],
    scopes: ANYBODY,
    replies: {
      201: {
        description: {
          en: 'The session; the cookie is in `Set-Cookie`.',
          es: 'La sesión; la cookie va en `Set-Cookie`.',
        },
        bodies: { 'application/json': sessionDocumentSchema },
      },
    },
    errors: [],
  },
  {
    id: 'get_session',
    api_kind: 'native',
    method: 'GET',
    path: PATH,
    title: { en: 'Who is asking', es: 'Quién pregunta' },
    description: {
      en: 'Whose cookie or token the call has, and what it may do.',
      es: 'De quién es la cookie o el token de la llamada, y qué puede hacer.',
    },
    scopes: ANYBODY,
    replies: {
      200: {
        description: { en: 'The caller.', es: 'Quien llama.' },
        bodies: { 'application/json': sessionDocumentSchema },
      },
    },
    errors: [],
  },
  {
    id: 'end_session',
    api_kind: 'native',
    method: 'DELETE',
    path: PATH,
    title: { en: 'Sign out', es: 'Cerrar sesión' },
    description: {
      en: 'Ends the session of the cookie at once. A token that is sent instead goes on working.',
      es: 'Termina de inmediato la sesión de la cookie. Un token que se envíe en su lugar sigue sirviendo.',
    },
    scopes: ANYBODY,
    replies: { 204: { description: { en: 'The session has ended.', es: 'La sesión terminó.' } } },
    errors: [],
  },
  {
    id: 'create_sign_in_link',
    api_kind: 'native',
    method: 'POST',
    path: `${PATH}/link`,
    title: { en: 'Make a link that signs in', es: 'Crear un enlace que inicia sesión' },
    description: {
      en: `Makes a link that opens the console signed in as the caller, once, within ${LINK_MINUTES} minutes. So nobody has to copy a token into a browser.`,
      es: `Crea un enlace que abre la consola con la sesión de quien llama, una sola vez, durante ${LINK_MINUTES} minutos. Así nadie tiene que copiar un token en un navegador.`,
    },
    scopes: ANYBODY,
    replies: {
      201: {
        description: { en: 'The link.', es: 'El enlace.' },
        bodies: { 'application/json': signInLinkDocumentSchema },
      },
    },
    errors: [],
  },
];
