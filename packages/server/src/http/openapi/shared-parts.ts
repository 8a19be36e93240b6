import { type ApiKind, described, type Endpoint, type Text } from '@recuento/contract';
import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';

/** The parts of the OpenAPI document that many calls share. */

const TOKEN_HEADER = 'wolkvox-token';

export const SECURITY_SCHEMES = {
  token: { type: 'apiKey', in: 'header', name: TOKEN_HEADER },
  bearer: { type: 'http', scheme: 'bearer' },
} as const;

/** How a caller authenticates. `/v1` takes the documented header as well. */
export function securityOf({
  api_kind,
  scopes,
}: Endpoint): NonNullable<ZodOpenApiOperationObject['security']> {
  if (scopes === undefined) return [];
  return api_kind === 'documented' ? [{ token: [] }] : [{ bearer: [] }, { token: [] }];
}

/** Kept once in the document: every reply has them. */
function header<Schema extends z.ZodType>(id: string, schema: Schema, text: Text): Schema {
  return described(schema, text).meta({ header: { id } });
}

const REQUEST_ID = header('X-Request-Id', z.string(), {
  en: 'Id of the request, which is also in the service’s log.',
  es: 'Identificador de la solicitud; también está en el registro del servicio.',
});
const RETRY_AFTER = header('Retry-After', z.int().min(0).optional(), {
  en: 'Seconds to wait, where waiting helps.',
  es: 'Segundos de espera, si esperar ayuda.',
});
const RATE_LIMIT_POLICY = header('RateLimit-Policy', z.string().optional(), {
  en: 'Quota of calls for the day.',
  es: 'Cuota de consumos del día.',
});
const RATE_LIMIT = header('RateLimit', z.string().optional(), {
  en: 'Calls that are left today, and seconds until midnight.',
  es: 'Consumos que quedan hoy, y segundos hasta la medianoche.',
});

const plainHeaders = z.object({ 'X-Request-Id': REQUEST_ID, 'Retry-After': RETRY_AFTER });
const documentedHeaders = plainHeaders.extend({
  'RateLimit-Policy': RATE_LIMIT_POLICY,
  RateLimit: RATE_LIMIT,
});

export const REPLY_HEADERS: Readonly<Record<ApiKind, z.ZodObject>> = {
  documented: documentedHeaders,
  native: plainHeaders,
  service: plainHeaders,
};

export const REQUEST_HEADERS: Readonly<Partial<Record<ApiKind, z.ZodObject>>> = {
  documented: z.object({
    wolkvox_server: described(
      z.string().optional(),
      {
        en: 'Server code of the operation. When present it must be that of the token: `42`, `0042`, `wv0042` and `wv0042.wolkvox.com` are the same. The header may also be named `wolkvox-server`.',
        es: 'Código de servidor de la operación. Si se envía debe ser el del token: `42`, `0042`, `wv0042` y `wv0042.wolkvox.com` son lo mismo. El encabezado también puede llamarse `wolkvox-server`.',
      },
      '0042',
    ),
  }),
};
