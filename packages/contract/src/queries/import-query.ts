import { z } from 'zod';
import { ENCODINGS, IMPORT_FORMATS } from '../import.js';
import { described } from '../language.js';
import { isTimeZone } from '../time-zone.js';
import { campaignNumber, ownWordsParameter } from './parameters.js';

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `one of ${words.join(', ')}`);

/** `POST /v1/imports`. Each format decides which of these it needs and which it does not take. */
export const importQuery = z.object({
  format: described(
    oneOf(['auto', ...IMPORT_FORMATS]),
    {
      en: 'Format of the file; `auto` looks at its beginning.',
      es: 'Formato del archivo; `auto` mira su comienzo.',
    },
    'asterisk-csv',
  ),
  campaign_id: described(
    campaignNumber.optional(),
    {
      en: 'Campaign of the attempts. Required unless the records of the format name theirs.',
      es: 'Campaña de los intentos. Obligatoria, salvo que los registros del formato indiquen la suya.',
    },
    '1001',
  ),
  time_zone: described(
    z.string().refine(isTimeZone, 'an IANA name such as America/Bogota or UTC').optional(),
    {
      en: 'Zone of times without an offset. The operation’s when absent.',
      es: 'Zona de las horas sin desfase. La de la operación si falta.',
    },
    'America/Bogota',
  ),
  encoding: described(oneOf(ENCODINGS).default('auto'), {
    en: 'Encoding of the text. `auto` reads lines that are not UTF-8 as Latin-1.',
    es: 'Codificación del texto. `auto` lee como Latin-1 las líneas que no son UTF-8.',
  }),
  date_order: described(oneOf(['dmy', 'mdy']).optional(), {
    en: 'Order of day and month where the file does not write YYYY-MM-DD.',
    es: 'Orden de día y mes cuando el archivo no escribe AAAA-MM-DD.',
  }),
  phone_code: described(oneOf(['keep', 'omit']).optional(), {
    en: 'Whether the country code that Vicidial keeps apart belongs to the telephone.',
    es: 'Si el código de país que Vicidial guarda aparte es parte del teléfono.',
  }),
  strip_prefix: described(
    z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.string().regex(/^[0-9*#+]{1,32}$/)).max(64))
      .optional(),
    {
      en: 'Digits that the dialplan puts before a number to choose a trunk, separated by commas, for files that do not name the trunk. One is removed, the longest that matches.',
      es: 'Dígitos que el plan de marcación antepone a un número para elegir la troncal, varios separados por comas, para archivos que no indican la troncal. Se quita uno, el más largo que coincida.',
    },
    '9',
  ),
  map: described(
    z.string().optional(),
    {
      en: 'For `csv`: which column holds which field.',
      es: 'Para `csv`: qué columna contiene qué campo.',
    },
    'telephone=dst,dialed_at=calldate,result=disposition',
  ),
  words: ownWordsParameter,
  only: described(
    z.string().optional(),
    {
      en: 'Conditions on columns of a delimited file, by name or number, separated by `;`: `column=value,value` or `column!=value`. `*` at the end of a value stands for anything, and no value for an empty field. Rows that do not meet all conditions are skipped as `filtered`.',
      es: 'Condiciones sobre columnas de un archivo delimitado, por nombre o número, varias separadas por `;`: `columna=valor,valor` o `columna!=valor`. `*` al final de un valor representa cualquier cosa, y ningún valor, un campo vacío. Las filas que no cumplen todas las condiciones se omiten como `filtered`.',
    },
    'dcontext=from-internal',
  ),
  all_dialed: described(
    oneOf(['yes', 'no'])
      .transform((word) => word === 'yes' || undefined)
      .optional(),
    {
      en: '`yes`: every row is a call that was dialed out, whatever its context and channels say. Without it, rows of incoming and internal calls are skipped as `inbound` and `internal`.',
      es: '`yes`: cada fila es una llamada marcada hacia afuera, digan lo que digan su contexto y sus canales. Sin esto, las filas de llamadas entrantes e internas se omiten como `inbound` e `internal`.',
    },
  ),
  replace: described(oneOf(['yes', 'no']).default('no'), {
    en: '`yes`: for the same attempts, this file replaces what earlier imports recorded, even if it is weaker evidence.',
    es: '`yes`: para los mismos intentos, este archivo reemplaza lo que registraron importaciones anteriores, aunque sea evidencia más débil.',
  }),
});

/** `POST /v1/imports/preview`. */
export const importPreviewQuery = importQuery.omit({ replace: true }).extend({
  words: described(
    importQuery.shape.words,
    {
      en: 'Own result words, as an import takes them. They hold for this preview, and are not kept.',
      es: 'Palabras de resultado propias, como las recibe una importación. Valen para esta vista previa, y no se guardan.',
    },
    'BUZON=answer_machine,NOCON=no_answer',
  ),
  whole: described(oneOf(['yes', 'no']).default('no'), {
    en: '`yes`: the body is the whole file, so its last line counts even without a line end.',
    es: '`yes`: el cuerpo es el archivo completo, así que su última línea cuenta aunque no termine en salto de línea.',
  }),
});

/** `POST /v1/hooks/freeswitch`. FreeSWITCH appends `?uuid=...` to the address that it was given. */
export const hookQuery = z.object({
  campaign_id: described(
    z.string().transform(withoutUuid).pipe(campaignNumber),
    { en: 'Campaign of the calls.', es: 'Campaña de las llamadas.' },
    '1001',
  ),
});

function withoutUuid(text: string): string {
  return text.replace(/\?uuid=.*$/s, '');
}
