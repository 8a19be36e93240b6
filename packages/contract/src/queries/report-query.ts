import { z } from 'zod';
import { described } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';

/** One campaign of the operation, or all of them. */
export type CampaignSelector =
  | { readonly kind: 'one'; readonly campaign_id: number }
  | { readonly kind: 'all' };

/** Form of the dates of the documented API (seed page, "Request"). */
export const VENDOR_DATE_FORM = 'YYYYmmddHHiiss, 14 digits of a date and time that exist';

/**
 * A campaign's number or `all` in any case (seed page, "Request"; programs in the field send `ALL`). A number that no
 * campaign can have is still well-formed. It becomes 0, and finds nothing.
 */
export const campaignSelector = described(
  z
    .string()
    .regex(/^(\d{1,20}|[aA][lL][lL])$/, 'the number of a campaign, or all')
    .transform((value): CampaignSelector => {
      if (value.toLowerCase() === 'all') return { kind: 'all' };
      return { kind: 'one', campaign_id: withinBounds(value) };
    }),
  {
    en: 'The number of a campaign, or `all` for all of the operation.',
    es: 'El número de una campaña, o `all` para todas las de la operación.',
  },
  'all',
);

/** A campaign's number in the documented API. A number that no campaign can have becomes 0, and finds nothing. */
export const looseCampaignNumber = described(
  z
    .string()
    .regex(/^\d{1,20}$/, 'the number of a campaign')
    .transform(withinBounds),
  { en: 'The number of a campaign.', es: 'El número de una campaña.' },
  '1001',
);

const vendorDate = z.string().regex(/^\d{14}$/, VENDOR_DATE_FORM);

/** What the reports of `reports_manager.php` take in addition to `api`. */
export const reportQuery = z.object({
  campaign_id: campaignSelector,
  date_ini: described(
    vendorDate,
    {
      en: 'First second of the window, in the wall time of the operation: `YYYYmmddHHiiss`.',
      es: 'Primer segundo de la ventana, en la hora local de la operación: `YYYYmmddHHiiss`.',
    },
    '20261101000000',
  ),
  date_end: described(
    vendorDate,
    {
      en: 'Last second of the window, inclusive. At most 31 days after `date_ini`.',
      es: 'Último segundo de la ventana, incluido. A lo sumo 31 días después de `date_ini`.',
    },
    '20261130235959',
  ),
  cursor: described(z.string().optional(), {
    en: 'Reads the result page by page: empty to start, then the `next_cursor` of the last reply. Without it a result with more rows than the limit is refused.',
    es: 'Lee el resultado por páginas: vacío para empezar, luego el `next_cursor` de la última respuesta. Sin él se rechaza un resultado con más filas que el límite.',
  }),
});

/** The same for reports that cover the whole operation unless a campaign is named. */
export const operationReportQuery = reportQuery.extend({
  campaign_id: described(
    campaignSelector.default({ kind: 'all' }),
    {
      en: 'The number of a campaign; absent or `all`, all of the operation.',
      es: 'El número de una campaña; si falta o es `all`, todas las de la operación.',
    },
    'all',
  ),
});

/** What `real_time.php` takes in addition to `api`. */
export const realTimeQuery = operationReportQuery.pick({ campaign_id: true, cursor: true });

/** The parameter that every path of the documented API takes. */
export const apiQuery = z.object({ api: z.string() });

/** What `information.php` takes in addition to `api`. */
export const campaignsQuery = z.object({
  campaign: looseCampaignNumber.optional(),
  cursor: reportQuery.shape.cursor,
});

/** `GET /v1/campaigns`: paged like the documented API, because an operation may have any number of campaigns. */
export const campaignListQuery = reportQuery.pick({ cursor: true });

function withinBounds(digits: string): number {
  const number = Number(digits);
  return number > FIELD_LIMITS.campaign_id_max ? 0 : number;
}
