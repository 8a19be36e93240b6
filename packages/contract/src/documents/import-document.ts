import { z } from 'zod';
import { IMPORT_STATES } from '../import.js';
import { described } from '../language.js';
import { MACHINE_CODES, type MachineCode } from '../machine-codes.js';

const count = z.int().min(0);
const counted = (en: string, es: string) => described(count, { en, es });

/** The most unknown words that an import lists: as many as a person looks through. */
export const UNKNOWN_WORDS_MAX = 100;

const unknownWordSchema = z
  .strictObject({
    word: described(z.string(), {
      en: 'As it first appeared in the file.',
      es: 'Como apareció primero en el archivo.',
    }),
    lines: counted('Lines that have it.', 'Líneas que la tienen.'),
    rejected: counted(
      'Those of them that were rejected, because nothing else in the line says how the attempt ended.',
      'Las que se rechazaron, porque nada más en la línea dice cómo terminó el intento.',
    ),
  })
  .meta({ id: 'unknown_word' });
export type UnknownWord = Readonly<z.output<typeof unknownWordSchema>>;

/** The most reasons that an import lists for its rejected lines: a file has a handful, and one that has more is no such file. */
export const REJECT_REASONS_MAX = 20;

const rejectReasonSchema = z
  .strictObject({
    reason: described(z.string(), { en: 'As the rejects have it.', es: 'Como está en las rechazadas.' }),
    lines: counted('Lines that were rejected for it.', 'Líneas que se rechazaron por él.'),
    first_line: described(z.int().min(1), {
      en: 'The number of the first of them.',
      es: 'El número de la primera.',
    }),
  })
  .meta({ id: 'reject_reason' });
export type RejectReason = Readonly<z.output<typeof rejectReasonSchema>>;

const codes = Object.fromEntries(MACHINE_CODES.map((code) => [code, count.optional()])) as Record<
  MachineCode,
  z.ZodOptional<typeof count>
>;

/** Counts of an import, in lines. `read` is always the sum of the five counts that follow it. */
export const importCountsSchema = z.strictObject({
  bytes: counted('Bytes taken in so far, as they came.', 'Bytes recibidos hasta ahora, tal como llegaron.'),
  read: counted('Lines read.', 'Líneas leídas.'),
  stored: counted(
    'Lines that added an attempt, or improved one.',
    'Líneas que agregaron un intento, o mejoraron uno.',
  ),
  unchanged: counted(
    'Lines whose attempt was stored already, with an outcome that is as strong or stronger.',
    'Líneas cuyo intento ya estaba guardado, con un resultado igual o más fuerte.',
  ),
  joined: counted(
    'Lines that are further legs of a call that the import has read already.',
    'Líneas que son otras piernas de una llamada que la importación ya leyó.',
  ),
  skipped: counted(
    'Well-formed lines that are not an attempt, or not the end of one.',
    'Líneas bien formadas que no son un intento, o no su final.',
  ),
  rejected: counted('Lines that were rejected.', 'Líneas rechazadas.'),
  latin1_lines: counted(
    'Lines that are not valid UTF-8 and were read as Latin-1.',
    'Líneas que no son UTF-8 válido y se leyeron como Latin-1.',
  ),
  short_telephones: counted(
    'Lines of attempts whose telephone has 2 to 6 digits, as extensions have.',
    'Líneas de intentos cuyo teléfono tiene de 2 a 6 dígitos, como las extensiones.',
  ),
  mostly_extensions: described(z.boolean(), {
    en: 'More than half of the lines with attempts have such a telephone. The file may contain calls that were not dialed out: check it before you trust the report.',
    es: 'Más de la mitad de las líneas de intentos tienen un teléfono así. El archivo puede tener llamadas que no se marcaron hacia afuera: revíselo antes de confiar en el reporte.',
  }),
  skipped_by_reason: described(z.record(z.string(), count), {
    en: 'Skipped lines by reason: `inbound` came in, `internal` stayed inside, `filtered` does not meet `only`, and so on.',
    es: 'Líneas omitidas por motivo: `inbound` entró, `internal` no salió de la central, `filtered` no cumple `only`, etc.',
  }),
  rejected_by_reason: described(z.array(rejectReasonSchema).max(REJECT_REASONS_MAX), {
    en: `Rejected lines by reason, the most frequent first. Only the first ${REJECT_REASONS_MAX} different reasons in the file are listed; imports of earlier versions list none.`,
    es: `Líneas rechazadas por motivo, el más frecuente primero. Solo se listan los primeros ${REJECT_REASONS_MAX} motivos distintos del archivo; las importaciones de versiones anteriores no listan ninguno.`,
  }),
  codes: described(z.strictObject(codes), {
    en: 'How the attempts of stored and unchanged lines ended, according to the file.',
    es: 'Cómo terminaron los intentos de las líneas guardadas y sin cambios, según el archivo.',
  }),
  own_words: counted(
    'How many own words the file was read with: those of the operation, and those sent with the import.',
    'Con cuántas palabras propias se leyó el archivo: las de la operación y las que se enviaron con la importación.',
  ),
  unknown_words: described(z.array(unknownWordSchema).max(UNKNOWN_WORDS_MAX), {
    en: `Result words that no table knows, the most frequent first. Only the first ${UNKNOWN_WORDS_MAX} different ones in the file are listed. \`words\` declares what they mean.`,
    es: `Palabras de resultado que ninguna tabla conoce, la más frecuente primero. Solo se listan las primeras ${UNKNOWN_WORDS_MAX} distintas del archivo. \`words\` declara qué significan.`,
  }),
  unknown_words_unlisted: counted('Lines with further such words.', 'Líneas con otras palabras así.'),
});
export type ImportCounts = Readonly<z.output<typeof importCountsSchema>>;

/** An import, as `/v1/imports` shows it. Times are RFC 3339 in UTC. */
export const importDocumentSchema = z
  .strictObject({
    id: z.string(),
    state: z.enum(IMPORT_STATES),
    reason: described(z.string().nullable(), { en: 'Why it failed.', es: 'Por qué falló.' }),
    format: z.string(),
    format_reason: described(z.string().nullable(), {
      en: 'What the format was recognised by, if the file was imported as `auto`.',
      es: 'Por qué se reconoció el formato, si el archivo se importó como `auto`.',
    }),
    campaign_id: described(z.int().nullable(), {
      en: '`null` where each record names its own.',
      es: '`null` si cada registro indica la suya.',
    }),
    time_zone: described(z.string(), {
      en: 'The zone in which times without an offset were read.',
      es: 'La zona en la que se leyeron las horas sin desfase.',
    }),
    time_zone_from: z.enum(['parameter', 'operation']),
    ...importCountsSchema.shape,
    lines_per_second: count,
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'import' });
export type ImportDocument = Readonly<z.output<typeof importDocumentSchema>>;

/** A line that was rejected: its number from 1, why, and its text up to 4 KiB. */
export const rejectDocumentSchema = z
  .strictObject({ line: z.int().min(1), reason: z.string(), raw: z.string() })
  .meta({ id: 'reject' });
export type RejectDocument = Readonly<z.output<typeof rejectDocumentSchema>>;
