import { z } from 'zod';
import { described } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';
import { textFault } from '../text.js';
import { listQuery } from './list-query.js';
import { campaignSelector } from './report-query.js';
import { instant } from './table-parameters.js';

/** `/v1/telephones/{telephone}/attempts`. */
export const telephonePathParameters = z.object({
  telephone: described(
    z
      .string()
      .trim()
      .refine(
        (value) => textFault(value, FIELD_LIMITS.telephone_chars) === undefined,
        `1 to ${FIELD_LIMITS.telephone_chars} characters; a / is sent as %2F`,
      ),
    {
      en: 'The telephone, as it was dialed; a `/` is sent as `%2F`.',
      es: 'El teléfono, tal como se marcó; una `/` se envía como `%2F`.',
    },
    '573001234567',
  ),
});

/** `GET /v1/telephones/{telephone}/attempts`. */
export const telephoneAttemptsQuery = z.object({
  from: described(
    instant.optional(),
    {
      en: 'First second: RFC 3339 with an offset. Absent: from its first attempt on.',
      es: 'Primer segundo: RFC 3339 con desfase. Si falta: desde su primer intento.',
    },
    '2026-11-01T00:00:00-05:00',
  ),
  to: described(
    instant.optional(),
    {
      en: 'Last second, inclusive. Absent: up to its last attempt.',
      es: 'Último segundo, incluido. Si falta: hasta su último intento.',
    },
    '2026-11-30T23:59:59-05:00',
  ),
  campaign_id: described(
    campaignSelector.default({ kind: 'all' }),
    {
      en: 'Only attempts of this campaign; absent or `all`: of the operation.',
      es: 'Solo intentos de esta campaña; si falta o es `all`: de la operación.',
    },
    'all',
  ),
  cursor: described(z.string().optional(), {
    en: 'Absent to start, then the `next_cursor` of the last reply.',
    es: 'Ausente para empezar, luego el `next_cursor` de la última respuesta.',
  }),
  limit: listQuery.shape.limit,
});
