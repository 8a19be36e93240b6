import { z } from 'zod';
import { VERDICTS } from '../hygiene/verdicts.js';
import { described } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';
import { listQuery } from './list-query.js';
import { campaignSelector } from './report-query.js';
import { fileParameters, instant, oneOf, pageParameters } from './table-parameters.js';

const as_of = described(
  instant.optional(),
  {
    en: 'The moment: RFC 3339 with an offset. Only attempts at or before it are looked at. Absent: now.',
    es: 'El momento: RFC 3339 con desfase. Solo se miran los intentos hasta ese momento. Si falta: ahora.',
  },
  '2026-11-30T23:59:59-05:00',
);

const campaign_id = described(
  campaignSelector.default({ kind: 'all' }),
  {
    en: 'Telephones that this campaign dialed; absent or `all`: those of the operation. What is known of them comes from all campaigns.',
    es: 'Los teléfonos que marcó esta campaña; si falta o es `all`: los de la operación. Lo que se sabe de ellos viene de todas las campañas.',
  },
  'all',
);

/** Columns that verdicts can be sorted by. */
export const VERDICT_SORTS = ['telephone', 'probability', 'attempts', 'last_dialed_at'] as const;
const SORTS = VERDICT_SORTS.flatMap((name) => [name, `-${name}`]);
const SORT_FORM = `one of ${VERDICT_SORTS.join(', ')}, with - in front for descending order`;

/** `GET /v1/hygiene/verdicts`. */
export const verdictsQuery = z.object({
  campaign_id,
  as_of,
  verdict: described(
    oneOf(VERDICTS).optional(),
    { en: 'Telephones with this verdict.', es: 'Los teléfonos con este veredicto.' },
    'invalid',
  ),
  telephone: described(
    z
      .string()
      .min(1, 'a telephone')
      .max(FIELD_LIMITS.telephone_chars, `${FIELD_LIMITS.telephone_chars} characters at most`)
      .optional(),
    { en: 'This telephone alone, as it was dialed.', es: 'Solo este teléfono, tal como se marcó.' },
    '573001234567',
  ),
  sort: described(
    z
      .string()
      .refine((sort) => SORTS.includes(sort), SORT_FORM)
      .default('telephone')
      .meta({ enum: SORTS }),
    {
      en: 'Column to sort by, with `-` in front for descending order.',
      es: 'Columna por la que se ordena, con `-` delante para orden descendente.',
    },
    '-probability',
  ),
  ...pageParameters,
  ...fileParameters,
});
export type VerdictsQuestion = z.output<typeof verdictsQuery>;

/** `GET /v1/hygiene/shares`. */
export const verdictSharesQuery = z.object({ campaign_id, as_of });

/** `GET /v1/hygiene/trunks`. */
export const hygieneWindowQuery = z.object({
  from: described(
    instant,
    { en: 'First second: RFC 3339 with an offset.', es: 'Primer segundo: RFC 3339 con desfase.' },
    '2026-11-01T00:00:00-05:00',
  ),
  to: described(
    instant,
    { en: 'Last second, inclusive; at most now.', es: 'Último segundo, incluido; a lo sumo ahora.' },
    '2026-11-30T23:59:59-05:00',
  ),
});

/** `GET /v1/hygiene/trunk-faults`. */
export const trunkFaultsQuery = z.object({ ...hygieneWindowQuery.shape, ...listQuery.shape });
