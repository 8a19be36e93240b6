import { z } from 'zod';
import { described } from '../language.js';
import { listQuery } from './list-query.js';

const CURSOR_FORM = 'empty to start, then the next_cursor of the last reply';
/** Longer than any id of a rule. */
const ID_MAX_CHARS = 64;

/** `GET /v1/hygiene/rules`: the cursor is the id of a rule, and those that ship have words. */
export const ruleListQuery = listQuery.extend({
  cursor: described(
    z
      .string()
      .regex(/^[0-9a-z-]+$/, CURSOR_FORM)
      .max(ID_MAX_CHARS, CURSOR_FORM)
      .optional(),
    {
      en: 'Absent to start, then the `next_cursor` of the last reply.',
      es: 'Ausente para empezar, luego el `next_cursor` de la última respuesta.',
    },
  ),
});

/** `/v1/hygiene/rules/{id}`. */
export const rulePathParameters = z.object({
  id: described(
    z.string().max(ID_MAX_CHARS, `${ID_MAX_CHARS} characters at most`),
    { en: 'Id of the rule.', es: 'Identificador de la regla.' },
    'balanced',
  ),
});
