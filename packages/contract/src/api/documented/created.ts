import { z } from 'zod';
import { described, type Text } from '../../language.js';

/**
 * The documented reply of an upload. Its code is the text `"201"` whatever the reply profile, as in the documented
 * samples.
 *
 * @param more keys that follow the documented ones
 */
export function createdSchema<Counts extends z.ZodRawShape>(
  msg: z.ZodType<string>,
  counts: Counts,
  more: z.ZodRawShape = {},
) {
  return z.strictObject({
    code: described(z.literal('201'), {
      en: 'The HTTP status, always as a text.',
      es: 'El código HTTP, siempre como texto.',
    }),
    error: described(z.null(), { en: '`null` when there is no error.', es: '`null` cuando no hay error.' }),
    msg: described(msg, { en: 'What was done.', es: 'Qué se hizo.' }),
    data: described(z.tuple([z.strictObject(counts)]), { en: 'The counts.', es: 'Los conteos.' }),
    ...more,
  });
}

/** A count as `data` has it: every value is a string. */
export function countText(en: string, es: string) {
  return described(z.string().regex(/^\d+$/), { en, es }, '1');
}

/** The statements of `how` that hold for every upload. */
export const UPLOAD_HOW: readonly Text[] = [
  {
    en: 'It is called with POST and counts as a call of the day. The header `wolkvox-token` carries the token.',
    es: 'Se consume por POST y cuenta como un consumo del día. El encabezado `wolkvox-token` lleva el token.',
  },
  {
    en: 'The body is a JSON array, whatever its Content-Type says; a single object is a list of one. It may be compressed, with `Content-Encoding: gzip`.',
    es: 'El cuerpo es un arreglo JSON, sin importar lo que diga Content-Type; un solo objeto es una lista de uno. Puede venir comprimido, con `Content-Encoding: gzip`.',
  },
];
