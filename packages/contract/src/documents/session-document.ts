import { z } from 'zod';
import { described } from '../language.js';
import { SCOPES } from '../operation.js';

/** Who is asking, as `/v1/session` tells it. */
export const sessionDocumentSchema = z
  .strictObject({
    caller: described(z.enum(['administrator', 'token']), {
      en: 'Whether the administrator asks, or the holder of an operation’s token.',
      es: 'Si pregunta el administrador o el titular de un token de una operación.',
    }),
    operation: described(
      z.strictObject({ server: z.string(), name: z.string(), time_zone: z.string() }).nullable(),
      {
        en: 'The operation of the token; `null` for the administrator, who names one with each call.',
        es: 'La operación del token; `null` para el administrador, que nombra una en cada llamada.',
      },
    ),
    token: described(z.strictObject({ id: z.string(), name: z.string() }).nullable(), {
      en: 'The token, without its secret; `null` for the administrator.',
      es: 'El token, sin su secreto; `null` para el administrador.',
    }),
    scopes: described(z.array(z.enum(SCOPES)), {
      en: 'What the caller may do. The administrator has all scopes.',
      es: 'Lo que puede hacer quien llama. El administrador tiene todos los permisos.',
    }),
    expires_at: described(z.iso.datetime().nullable(), {
      en: 'When the session ends by itself; `null` where a token was sent instead of the cookie.',
      es: 'Cuándo termina la sesión por sí sola; `null` si se envió un token en lugar de la cookie.',
    }),
  })
  .meta({ id: 'session' });
export type SessionDocument = z.output<typeof sessionDocumentSchema>;

/** A link that signs in once, as `POST /v1/session/link` makes it. */
export const signInLinkDocumentSchema = z
  .strictObject({
    code: described(z.string(), {
      en: 'What `POST /v1/session` takes in place of a token, once.',
      es: 'Lo que `POST /v1/session` acepta en lugar de un token, una sola vez.',
    }),
    path: described(z.string(), {
      en: 'Where a browser opens the console and is signed in: a path of this service. The code is in its fragment, which browsers send to nobody.',
      es: 'Donde un navegador abre la consola con la sesión iniciada: una ruta de este servicio. El código va en el fragmento, que los navegadores no envían a nadie.',
    }),
    expires_at: described(z.iso.datetime(), {
      en: 'Until when it signs in.',
      es: 'Hasta cuándo sirve.',
    }),
  })
  .meta({ id: 'sign_in_link' });
export type SignInLinkDocument = z.output<typeof signInLinkDocumentSchema>;
