import { z } from 'zod';
import { parseInstant } from '../instant.js';
import { described } from '../language.js';
import { FIELD_LIMITS, TABLE_LIMITS } from '../limits.js';
import { MACHINE_CODES } from '../machine-codes.js';
import { TABLE_FORMATS } from '../table.js';
import { MACHINE_CODES_COLUMNS } from '../tables/machine-codes-columns.js';
import { TREND_DIMENSIONS, TREND_INTERVALS } from '../tables/trend-columns.js';
import { campaignSelector } from './report-query.js';

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `one of ${words.join(', ')}`);

const INSTANT_FORM = 'RFC 3339 with an offset, as 2026-11-01T00:00:00-05:00; a + is sent as %2B';

export const instant = z
  .string()
  .transform((text, context) => {
    const seconds = parseInstant(text);
    if (seconds !== undefined) return seconds;
    context.addIssue({ code: 'custom', message: INSTANT_FORM });
    return z.NEVER;
  })
  .meta({ type: 'string', format: 'date-time' });

/** What both tables take. */
const tableQuery = z.object({
  campaign_id: campaignSelector,
  from: described(
    instant,
    {
      en: 'First second of the window: RFC 3339 with an offset.',
      es: 'Primer segundo de la ventana: RFC 3339 con desfase.',
    },
    '2026-11-01T00:00:00-05:00',
  ),
  to: described(
    instant,
    {
      en: `Last second of the window, inclusive. At most ${TABLE_LIMITS.max_window_days} days after \`from\`.`,
      es: `Último segundo de la ventana, incluido. A lo sumo ${TABLE_LIMITS.max_window_days} días después de \`from\`.`,
    },
    '2026-11-30T23:59:59-05:00',
  ),
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
});

const COUNT_FORM = `a whole number from 0 to ${FIELD_LIMITS.campaign_id_max}`;

const count = z
  .string()
  .regex(/^\d{1,10}$/, COUNT_FORM)
  .transform(Number)
  .refine((number) => number < 2 ** 32, COUNT_FORM);

const sortable = MACHINE_CODES_COLUMNS.filter(({ kind }) => kind !== 'machine_code').map(({ name }) => name);
const SORTS = sortable.flatMap((name) => [name, `-${name}`]);
const SORT_FORM = `one of ${sortable.join(', ')}, with - in front for descending order`;

const LIMIT_FORM = `a whole number from 1 to ${TABLE_LIMITS.page_rows_max}`;

/** `GET /v1/machine-codes`. */
export const machineCodesQuery = tableQuery.extend({
  min_total: described(
    count.optional(),
    {
      en: 'Telephones with at least this many machine recognitions.',
      es: 'Teléfonos con al menos este número de reconocimientos de máquina.',
    },
    '3',
  ),
  min_dialed: described(
    count.optional(),
    {
      en: 'Telephones with at least this many attempts.',
      es: 'Teléfonos con al menos este número de intentos.',
    },
    '5',
  ),
  max_answered: described(
    count.optional(),
    {
      en: 'Telephones that answered at most this many times: 0 selects those that never did.',
      es: 'Teléfonos que contestaron a lo sumo este número de veces: 0 elige los que nunca contestaron.',
    },
    '0',
  ),
  last_result: described(
    oneOf(MACHINE_CODES).optional(),
    {
      en: 'Telephones whose last attempt ended with this code.',
      es: 'Teléfonos cuyo último intento terminó con este código.',
    },
    'failed',
  ),
  telephone_prefix: described(
    z
      .string()
      .max(FIELD_LIMITS.telephone_chars, `${FIELD_LIMITS.telephone_chars} characters at most`)
      .optional(),
    {
      en: 'Telephones that begin with this; a `+` is sent as `%2B`.',
      es: 'Teléfonos que empiezan con esto; un `+` se envía como `%2B`.',
    },
    '57300',
  ),
  telephone_suffix: described(
    z
      .string()
      .max(FIELD_LIMITS.telephone_chars, `${FIELD_LIMITS.telephone_chars} characters at most`)
      .optional(),
    {
      en: 'Telephones that end with this: the last seven digits find a line with any prefix.',
      es: 'Teléfonos que terminan con esto: los últimos siete dígitos encuentran una línea con cualquier prefijo.',
    },
    '1234567',
  ),
  sort: described(
    z
      .string()
      .refine((sort) => SORTS.includes(sort), SORT_FORM)
      .default('telephone')
      .meta({ enum: SORTS }),
    {
      en: 'Column to sort by, with `-` in front for descending order. Telephones with the same value come in ascending order.',
      es: 'Columna por la que se ordena, con `-` delante para orden descendente. Los teléfonos con el mismo valor van en orden ascendente.',
    },
    '-total_machine_recognitions',
  ),
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
});
export type MachineCodesQuestion = z.output<typeof machineCodesQuery>;

/** `GET /v1/trend`. */
export const trendQuery = tableQuery.extend({
  interval: described(oneOf(TREND_INTERVALS).default('day'), {
    en: 'Hours or days, as a clock of the operation shows them.',
    es: 'Horas o días, como los muestra un reloj de la operación.',
  }),
  by: described(oneOf(TREND_DIMENSIONS).optional(), {
    en: 'Separates the counts by campaign or by trunk.',
    es: 'Separa los conteos por campaña o por troncal.',
  }),
});
export type TrendQuestion = z.output<typeof trendQuery>;
