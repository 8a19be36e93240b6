import { z } from 'zod';
import { described } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';
import { campaignSelector } from './report-query.js';
import { instant } from './table-parameters.js';

const asOf = described(
  instant.optional(),
  {
    en: 'The moment that is asked about: only attempts at or before it are looked at. RFC 3339 with an offset; now if absent.',
    es: 'El momento por el que se pregunta: solo se miran los intentos hasta él, incluido. RFC 3339 con desfase; ahora si falta.',
  },
  '2026-11-30T23:59:59-05:00',
);

/** `GET /v1/hygiene/calibration`. */
export const calibrationQuery = z.object({ as_of: asOf });

/** `GET /v1/hygiene/best-hours`. */
export const bestHoursQuery = z.object({
  campaign_id: described(
    campaignSelector.optional(),
    {
      en: 'The telephones that a campaign dialed, or `all`. With `telephone`: the campaign that dials it.',
      es: 'Los teléfonos que marcó una campaña, o `all`. Con `telephone`: la campaña que lo marca.',
    },
    '1001',
  ),
  telephone: described(
    z
      .string()
      .max(FIELD_LIMITS.telephone_chars, `${FIELD_LIMITS.telephone_chars} characters at most`)
      .optional(),
    {
      en: 'One telephone, as it was dialed; a `+` is sent as `%2B`.',
      es: 'Un teléfono, como se marcó; un `+` se envía como `%2B`.',
    },
    '573001234567',
  ),
  as_of: asOf,
});
