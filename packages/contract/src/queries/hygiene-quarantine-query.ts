import { z } from 'zod';
import { described } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';
import { textFault } from '../text.js';
import { campaignSelector } from './report-query.js';

/** Rows of a page by default, and at most: some 2 MB of JSON, without the reasons and rules. */
export const QUARANTINE_PAGE = { rows_default: 1_000, rows_max: 10_000 } as const;

const LIMIT_FORM = `a whole number from 1 to ${QUARANTINE_PAGE.rows_max}`;

const limit = described(
  z
    .string()
    .regex(/^[1-9]\d{0,4}$/, LIMIT_FORM)
    .transform(Number)
    .refine((rows) => rows <= QUARANTINE_PAGE.rows_max, LIMIT_FORM)
    .default(QUARANTINE_PAGE.rows_default),
  {
    en: `Rows of a page, ${QUARANTINE_PAGE.rows_max} at most.`,
    es: `Filas por página, a lo sumo ${QUARANTINE_PAGE.rows_max}.`,
  },
  '1000',
);

const cursor = described(z.string().optional(), {
  en: 'Absent to start, then the `next_cursor` of the last reply.',
  es: 'Ausente para empezar, luego el `next_cursor` de la última respuesta.',
});

const TELEPHONE_FORM = `1 to ${FIELD_LIMITS.telephone_chars} characters; a + is sent as %2B`;

const telephone = described(
  z
    .string()
    .trim()
    .refine((value) => textFault(value, FIELD_LIMITS.telephone_chars) === undefined, TELEPHONE_FORM)
    .optional(),
  { en: 'Only this telephone.', es: 'Solo este teléfono.' },
  '573001234567',
);

/** `GET /v1/hygiene/quarantine`. */
export const quarantineQuery = z.object({
  telephone,
  campaign_id: described(
    campaignSelector.default({ kind: 'all' }),
    {
      en: 'Only telephones that this campaign dialed; absent or `all`: all.',
      es: 'Solo teléfonos que marcó esta campaña; si falta o es `all`, todos.',
    },
    'all',
  ),
  cursor,
  limit,
});

/** `GET /v1/hygiene/history`. */
export const quarantineHistoryQuery = z.object({ telephone, cursor, limit });

/** `GET /v1/hygiene/changes`. */
export const quarantineChangesQuery = z.object({
  since: described(z.string().optional(), {
    en: 'Absent to start from the beginning, then the `next` of the last reply.',
    es: 'Ausente para empezar desde el principio, luego el `next` de la última respuesta.',
  }),
  limit,
});
