import { z } from 'zod';
import { described } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';

/** Parameters that several calls take, said once. A message is the form that a refused value should have had. */

/** A campaign's number in `/v1`. */
export const campaignNumber = described(
  z
    .string()
    .regex(/^\d{1,10}$/, `a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`)
    .transform(Number)
    .refine(
      (id) => id >= 1 && id <= FIELD_LIMITS.campaign_id_max,
      `a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`,
    ),
  { en: 'The number of a campaign.', es: 'El número de una campaña.' },
  '1001',
);

/** `/v1/campaigns/{id}`. */
export const campaignPathParameters = z.object({ id: campaignNumber });
