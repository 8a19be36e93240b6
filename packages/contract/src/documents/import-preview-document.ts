import { z } from 'zod';
import { AMD_RESULTS, RECORD_FIELDS } from '../attempt.js';
import { IMPORT_FORMATS } from '../import.js';
import { described } from '../language.js';
import { FIELD_LIMITS, IMPORT_PREVIEW_LIMITS } from '../limits.js';
import { MACHINE_CODES } from '../machine-codes.js';
import { importCountsSchema, rejectDocumentSchema } from './import-document.js';

const { rows, rejects, columns, values, text_chars } = IMPORT_PREVIEW_LIMITS;

const told = described(z.string().nullable(), {
  en: '`null` where the file does not tell.',
  es: '`null` si el archivo no lo dice.',
});

/** An attempt as an import stores it. */
const previewedAttemptSchema = z
  .strictObject({
    line: described(z.int().min(1), {
      en: 'Number of the line, or of the record, that it is made of.',
      es: 'Número de la línea, o del registro, de que está hecho.',
    }),
    attempt_id: z.string(),
    campaign_id: described(z.int().min(1).nullable(), {
      en: '`null` where neither the request nor the record names one.',
      es: '`null` si ni la petición ni el registro indican una.',
    }),
    telephone: z.string(),
    dialed_at: described(z.iso.datetime(), { en: 'In UTC.', es: 'En UTC.' }),
    result: z.enum(MACHINE_CODES),
    amd: z.enum(AMD_RESULTS).nullable(),
    duration_seconds: z.int().min(0).max(FIELD_LIMITS.duration_max_s).nullable(),
    trunk: told,
    sip: z.int().nullable(),
    cause: z.int().nullable(),
    agent_id: told,
    customer_id: told,
    record: described(z.partialRecord(z.enum(RECORD_FIELDS), z.string()), {
      en: 'Fields of the customer’s record.',
      es: 'Campos del registro del cliente.',
    }),
  })
  .meta({ id: 'previewed_attempt' });
export type PreviewedAttempt = Readonly<z.output<typeof previewedAttemptSchema>>;

const shown = z.string().max(text_chars);

const previewedTableSchema = z.strictObject({
  has_header: described(z.boolean(), {
    en: 'Whether a line names the columns. Without one, `map` names them by number.',
    es: 'Si una línea nombra las columnas. Sin ella, `map` las nombra por número.',
  }),
  columns: described(
    z
      .array(
        z.strictObject({
          number: described(z.int().min(1), { en: 'From 1.', es: 'Desde 1.' }),
          name: described(shown.nullable(), {
            en: '`null` without a header.',
            es: '`null` si no hay encabezado.',
          }),
          is_nameable: described(z.boolean(), {
            en: 'Whether `map` can name it by its name: not one with a comma, an apostrophe, or the name of another.',
            es: 'Si `map` puede nombrarla por su nombre: no una con coma, apóstrofo, o el nombre de otra.',
          }),
          values: described(z.array(shown).max(values), {
            en: 'Of the first rows.',
            es: 'De las primeras filas.',
          }),
        }),
      )
      .max(columns),
    { en: `The columns, ${columns} at most.`, es: `Las columnas, a lo sumo ${columns}.` },
  ),
  proposed: described(z.record(z.string(), z.int().min(1)), {
    en: 'Fields of `map` that columns seem to hold, by their names or values, and the number of each. It cannot know whether the rows are calls that were dialed.',
    es: 'Campos de `map` que las columnas parecen contener, por sus nombres o valores, y el número de cada una. No puede saber si las filas son llamadas marcadas.',
  }),
  needs_date_order: described(z.boolean(), {
    en: 'Whether `date_order` has to be said: the dates do not show it.',
    es: 'Si hay que indicar `date_order`: las fechas no lo muestran.',
  }),
});
export type PreviewedTable = Readonly<z.output<typeof previewedTableSchema>>;

const { read, joined, skipped, rejected, latin1_lines, short_telephones, mostly_extensions } =
  importCountsSchema.shape;
const { skipped_by_reason, rejected_by_reason, own_words, unknown_words, unknown_words_unlisted } =
  importCountsSchema.shape;

/** `POST /v1/imports/preview`. The counts are of the lines that were read. */
export const importPreviewDocumentSchema = z
  .strictObject({
    format: described(z.enum(IMPORT_FORMATS).nullable(), {
      en: 'The format that the file was read as; `null` where it is not clear.',
      es: 'El formato con que se leyó el archivo; `null` si no está claro.',
    }),
    format_reason: described(z.string().nullable(), {
      en: 'What the format was recognised by, with `format=auto`.',
      es: 'Por qué se reconoció el formato, con `format=auto`.',
    }),
    recognised: described(z.array(z.strictObject({ format: z.enum(IMPORT_FORMATS), reason: z.string() })), {
      en: 'All formats that recognise the file. Where there is more than one, name the right one.',
      es: 'Todos los formatos que reconocen el archivo. Si hay más de uno, indique el correcto.',
    }),
    refusal: described(z.string().nullable(), {
      en: 'Why an import with these parameters would end here or be refused; `null` where nothing speaks against it.',
      es: 'Por qué una importación con estos parámetros terminaría aquí o se rechazaría; `null` si nada lo impide.',
    }),
    names_campaigns: described(z.boolean(), {
      en: 'Whether records of the format name their campaigns, so that an import needs no `campaign_id`.',
      es: 'Si los registros del formato nombran sus campañas, de modo que no hace falta `campaign_id`.',
    }),
    takes: described(z.array(z.string()), {
      en: 'Parameters that the format takes besides those of every format.',
      es: 'Parámetros que admite el formato además de los de todos los formatos.',
    }),
    time_zone: z.string(),
    time_zone_from: z.enum(['parameter', 'operation']),
    is_whole: described(z.boolean(), {
      en: 'Whether all of the file was read. Otherwise a record at the end that is not complete does not count.',
      es: 'Si se leyó todo el archivo. Si no, un registro incompleto al final no cuenta.',
    }),
    read,
    attempts: described(z.int().min(0), {
      en: 'Attempts that these lines come to. Which of them are stored already is known only after an import.',
      es: 'Intentos a los que equivalen estas líneas. Cuáles ya están guardados solo se sabe tras importar.',
    }),
    joined,
    skipped,
    rejected,
    latin1_lines,
    short_telephones,
    mostly_extensions,
    skipped_by_reason,
    rejected_by_reason,
    codes: importCountsSchema.shape.codes,
    own_words,
    unknown_words,
    unknown_words_unlisted,
    rows: described(z.array(previewedAttemptSchema).max(rows), {
      en: `The first ${rows} attempts, as an import would store them.`,
      es: `Los primeros ${rows} intentos, como los guardaría una importación.`,
    }),
    rejects: described(z.array(rejectDocumentSchema).max(rejects), {
      en: `The first ${rejects} rejected lines.`,
      es: `Las primeras ${rejects} líneas rechazadas.`,
    }),
    table: described(previewedTableSchema.nullable(), {
      en: 'The columns of the file, to declare them by hand with `format=csv` and `map`; `null` where its lines have none.',
      es: 'Las columnas del archivo, para declararlas a mano con `format=csv` y `map`; `null` si sus líneas no tienen.',
    }),
  })
  .meta({ id: 'import_preview' });
export type ImportPreviewDocument = Readonly<z.output<typeof importPreviewDocumentSchema>>;
