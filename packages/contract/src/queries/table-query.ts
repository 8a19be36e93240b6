import { z } from 'zod';
import { described } from '../language.js';
import { FIELD_LIMITS, TABLE_LIMITS } from '../limits.js';
import { MACHINE_CODES } from '../machine-codes.js';
import { MACHINE_CODES_COLUMNS } from '../tables/machine-codes-columns.js';
import { TREND_DIMENSIONS, TREND_INTERVALS } from '../tables/trend-columns.js';
import { campaignSelector } from './report-query.js';
import { fileParameters, instant, oneOf, pageParameters } from './table-parameters.js';

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
  ...fileParameters,
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
  ...pageParameters,
});
export type MachineCodesQuestion = z.output<typeof machineCodesQuery>;

/** `GET /v1/trend`. */
export const trendQuery = tableQuery.extend({
  interval: described(oneOf(TREND_INTERVALS).default('day'), {
    en: 'Hours or days, as a clock of the operation shows them; `window`: the whole window is one interval.',
    es: 'Horas o días, como los muestra un reloj de la operación; `window`: toda la ventana es un solo intervalo.',
  }),
  by: described(oneOf(TREND_DIMENSIONS).optional(), {
    en: 'Separates the counts by campaign or by trunk.',
    es: 'Separa los conteos por campaña o por troncal.',
  }),
});
export type TrendQuestion = z.output<typeof trendQuery>;
