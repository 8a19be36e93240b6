import { z } from 'zod';
import { described } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';
import { textFault } from '../text.js';
import { campaignSelector } from './report-query.js';
import { oneOf } from './table-parameters.js';

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

/** An act's number is a UInt32 of the engine, of which ten digits may be too much: then there is no such act. */
const HELD_BY = /^(add_dnc|remove_record|\d{1,10})$/;
const HELD_BY_FORM = 'the id of an act, add_dnc or remove_record';

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
  held_by: described(
    z.string().regex(HELD_BY, HELD_BY_FORM).optional(),
    {
      en: 'Only what this puts aside: the id of an act, `add_dnc` or `remove_record`. Where several hold a telephone, the one that lasts longest.',
      es: 'Solo lo que esto aparta: el identificador de un acto, `add_dnc` o `remove_record`. Si varios mantienen un teléfono, el que dura más.',
    },
    'add_dnc',
  ),
  due: described(oneOf(['now']).optional(), {
    en: '`now`: only those whose time has come, and which wait for their turn in a re-test.',
    es: '`now`: solo aquellos a los que ya les llegó la hora y esperan su turno en una nueva prueba.',
  }),
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
