import { z } from 'zod';
import { described } from '../language.js';
import { ownWordsParameter } from './parameters.js';

/** What becomes of an upload that has records which are not valid: it is refused whole, or they are left out. */
export const ON_ERROR = ['refuse', 'skip'] as const;
export type OnError = (typeof ON_ERROR)[number];

/** What `POST /v1/attempts` takes beside `operation`. */
export const uploadQuery = z.object({
  on_error: described(z.enum(ON_ERROR, 'refuse or skip').default('refuse'), {
    en: '`skip` stores the good records and says which were left out. `refuse`, or absent: one bad record refuses all.',
    es: '`skip` guarda los registros válidos y dice cuáles se dejaron fuera. `refuse`, o ausente: un registro no válido rechaza todo.',
  }),
  words: ownWordsParameter,
});
