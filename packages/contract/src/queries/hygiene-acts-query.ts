import { z } from 'zod';
import { described } from '../language.js';
import { oneOf } from './table-parameters.js';

/** Acts of a page by default, and at most: how many each still holds is counted over all of its telephones. */
export const ACTS_PAGE = { rows_default: 20, rows_max: 100 } as const;

const LIMIT_FORM = `a whole number from 1 to ${ACTS_PAGE.rows_max}`;

/** `GET /v1/hygiene/acts`. */
export const actsQuery = z.object({
  add_dnc: described(
    oneOf(['with', 'without']).default('with'),
    {
      en: '`without` leaves out the acts of `add_dnc`, which dialers make all day.',
      es: '`without` deja fuera los actos de `add_dnc`, que los marcadores hacen todo el día.',
    },
    'without',
  ),
  cursor: described(
    z
      .string()
      .regex(/^\d{1,10}$/, 'empty to start, then the next_cursor of the last reply')
      .transform(Number)
      .optional(),
    {
      en: 'Absent to start, then the `next_cursor` of the last reply.',
      es: 'Ausente para empezar, luego el `next_cursor` de la última respuesta.',
    },
  ),
  limit: described(
    z
      .string()
      .regex(/^[1-9]\d{0,2}$/, LIMIT_FORM)
      .transform(Number)
      .refine((rows) => rows <= ACTS_PAGE.rows_max, LIMIT_FORM)
      .default(ACTS_PAGE.rows_default),
    {
      en: `Acts of a page, ${ACTS_PAGE.rows_max} at most.`,
      es: `Actos por página, a lo sumo ${ACTS_PAGE.rows_max}.`,
    },
    '20',
  ),
});
