import { z } from 'zod';
import { parseInstant } from '../instant.js';
import { described } from '../language.js';
import { TABLE_LIMITS } from '../limits.js';
import { TABLE_FORMATS } from '../table.js';

/** One of some words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `one of ${words.join(', ')}`);

const INSTANT_FORM = 'RFC 3339 with an offset, as 2026-11-01T00:00:00-05:00; a + is sent as %2B';

/** An instant as a parameter, in seconds since 1970 UTC. */
export const instant = z
  .string()
  .transform((text, context) => {
    const seconds = parseInstant(text);
    if (seconds !== undefined) return seconds;
    context.addIssue({ code: 'custom', message: INSTANT_FORM });
    return z.NEVER;
  })
  .meta({ type: 'string', format: 'date-time' });

const LIMIT_FORM = `a whole number from 1 to ${TABLE_LIMITS.page_rows_max}`;

/** How a table comes as a file. */
export const fileParameters = {
  format: described(oneOf(TABLE_FORMATS).default('json'), {
    en: '`json`, or the whole table as a file: `ndjson`, `csv`, `xlsx`, `parquet`.',
    es: '`json`, o la tabla completa como archivo: `ndjson`, `csv`, `xlsx`, `parquet`.',
  }),
  headings: described(oneOf(['words', 'names']).default('words'), {
    en: 'Headings of `csv` and `xlsx`: words in the language of `Accept-Language`, or for programs the names of the API, without a byte order mark.',
    es: 'Encabezados de `csv` y `xlsx`: palabras en el idioma de `Accept-Language`, o para programas los nombres de la API, sin marca de orden de bytes.',
  }),
  csv_guard: described(oneOf(['on', 'off']).default('on'), {
    en: 'In `csv` a text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`) gets an apostrophe in front; a sign followed only by digits, as in `+573001234567`, does not. `off` leaves every text as it is.',
    es: 'En `csv`, un texto que una hoja de cálculo ejecutaría como fórmula (`=`, `+`, `-`, `@`) lleva un apóstrofo delante; un signo seguido solo de dígitos, como `+573001234567`, no lo lleva. `off` deja cada texto como es.',
  }),
};

/** How a table comes page by page. */
export const pageParameters = {
  cursor: described(z.string().optional(), {
    en: 'With `json`: absent to start, then the `next_cursor` of the last reply.',
    es: 'Con `json`: ausente para empezar, luego el `next_cursor` de la última respuesta.',
  }),
  limit: described(
    z
      .string()
      .regex(/^[1-9]\d{0,4}$/, LIMIT_FORM)
      .transform(Number)
      .refine((limit) => limit <= TABLE_LIMITS.page_rows_max, LIMIT_FORM)
      .optional(),
    {
      en: `With \`json\`: rows of a page, ${TABLE_LIMITS.page_rows_default.toLocaleString('en')} by default, ${TABLE_LIMITS.page_rows_max.toLocaleString('en')} at most.`,
      es: `Con \`json\`: filas por página, ${TABLE_LIMITS.page_rows_default.toLocaleString('en')} si no se indica, a lo sumo ${TABLE_LIMITS.page_rows_max.toLocaleString('en')}.`,
    },
    '1000',
  ),
};
