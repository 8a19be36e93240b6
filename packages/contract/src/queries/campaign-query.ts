import { z } from 'zod';
import { described } from '../language.js';
import { RESULT_NAMES, resultNamed } from '../result-names.js';
import { campaignNumber } from './parameters.js';

const CAMPAIGN_TYPES = ['predictive', 'preview'] as const;

/** What `campaign.php?api=add_record` takes in addition to `api`. */
export const addRecordQuery = z.object({
  campaign_id: campaignNumber,
  type_campaign: described(
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(CAMPAIGN_TYPES, { error: 'predictive or preview' }))
      .optional(),
    {
      en: 'Kind of the campaign: `predictive` or `preview`. Absent, it stays what it is.',
      es: 'Tipo de la campaña: `predictive` o `preview`. Si falta, queda como está.',
    },
    'predictive',
  ),
  campaign_status: described(z.string().optional(), {
    en: 'Accepted and ignored: only the dialer knows whether a campaign runs.',
    es: 'Se acepta y se ignora: solo el marcador sabe si una campaña está en marcha.',
  }),
});
export type AddRecordQuery = z.output<typeof addRecordQuery>;

/** What `campaign.php?api=create_campaign` takes in addition to `api`. */
export const createCampaignQuery = addRecordQuery.pick({ type_campaign: true });

const ignoredType = described(z.string().optional(), {
  en: 'Accepted and ignored.',
  es: 'Se acepta y se ignora.',
});

/** What `campaign.php?api=remove_record` takes in addition to `api`. */
export const removeRecordQuery = z.object({
  campaign_id: campaignNumber,
  type_campaign: ignoredType,
  result: described(
    z
      .string()
      .transform((name, ctx) => {
        const code = resultNamed(name);
        if (code !== undefined) return code;
        ctx.addIssue({ code: 'custom', message: `one of ${RESULT_NAMES.join(', ')}` });
        return z.NEVER;
      })
      .optional(),
    {
      en: `Only customers whose last attempt in the campaign ended so: ${RESULT_NAMES.join(', ')}.`,
      es: `Solo clientes cuyo último intento en la campaña terminó así: ${RESULT_NAMES.join(', ')}.`,
    },
    'no-answer',
  ),
});

/** What `campaign.php?api=recall_records` takes in addition to `api`. */
export const recallRecordsQuery = z.object({ campaign_id: campaignNumber, type_campaign: ignoredType });
