import { z } from 'zod';
import { described } from '../language.js';
import { ownWordsParameter } from './parameters.js';

/** What happens when records of an upload are not valid: the whole upload is refused, or those records are left out. */
export const ON_ERROR = ['refuse', 'skip'] as const;
export type OnError = (typeof ON_ERROR)[number];

/** What `POST /v1/attempts` takes in addition to `operation`. */
export const uploadQuery = z.object({
  on_error: described(z.enum(ON_ERROR, 'refuse or skip').default('refuse'), {
    en: '`skip` stores the valid records and says which were left out. With `refuse`, or without this parameter, one record that is not valid refuses the whole upload.',
    es: '`skip` guarda los registros válidos y dice cuáles se dejaron fuera. Con `refuse`, o sin este parámetro, un registro no válido rechaza toda la carga.',
  }),
  words: ownWordsParameter,
});
