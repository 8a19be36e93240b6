import { z } from 'zod';
import { described } from './language.js';
import { FIELD_LIMITS } from './limits.js';
import { requiredFreeTextOrNumber } from './text-or-number.js';

/** A campaign as `create_campaign` takes it. Other fields (hours, a skill) are for the dialer, and are ignored. */
export const newCampaignSchema = z.object(
  {
    campaign_name: described(
      requiredFreeTextOrNumber(FIELD_LIMITS.text_chars),
      { en: 'Its name.', es: 'Su nombre.' },
      'Cobranza noviembre',
    ),
  },
  { error: 'is not an object' },
);
