import { z } from 'zod';
import { described } from '../language.js';

/** Entries of a page by default, and at most. A page with the most rejects is 4 MiB. */
const PAGE_DEFAULT = 100;
const PAGE_MAX = 1_000;

const LIMIT_FORM = `a whole number from 1 to ${PAGE_MAX}`;

/** Longer than any cursor of a list. */
const CURSOR_MAX_CHARS = 64;

/** The operation that a call of `/v1` acts on. */
export const operationQuery = z.object({
  operation: described(
    z.string().optional(),
    {
      en: 'Server code of the operation. Only the administrator must name it: every other token belongs to one operation.',
      es: 'Código de servidor de la operación. Solo el administrador debe indicarlo: cualquier otro token pertenece a una operación.',
    },
    '0042',
  ),
});

/** A list of `/v1` that is read page by page. */
export const listQuery = z.object({
  cursor: described(
    z
      .string()
      .regex(/^[0-9a-f]+$/, 'empty to start, then the next_cursor of the last reply')
      .max(CURSOR_MAX_CHARS, 'empty to start, then the next_cursor of the last reply')
      .optional(),
    {
      en: 'Absent to start, then the `next_cursor` of the last reply.',
      es: 'Ausente para empezar, luego el `next_cursor` de la última respuesta.',
    },
  ),
  limit: described(
    z
      .string()
      .regex(/^[1-9]\d{0,3}$/, LIMIT_FORM)
      .transform(Number)
      .refine((limit) => limit <= PAGE_MAX, LIMIT_FORM)
      .default(PAGE_DEFAULT),
    { en: `Entries of a page, ${PAGE_MAX} at most.`, es: `Entradas por página, a lo sumo ${PAGE_MAX}.` },
    '100',
  ),
});

/** `GET /v1/imports/{id}/rejects`. */
export const rejectsQuery = listQuery.extend({
  format: described(z.enum(['json', 'csv'], 'json or csv').default('json'), {
    en: '`csv` returns all rejects in one file.',
    es: '`csv` devuelve todas en un solo archivo.',
  }),
});
