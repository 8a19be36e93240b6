import { z } from 'zod';
import { described } from '../../language.js';
import { MAX_FAULTS } from '../../limits.js';
import type { ReportDescription } from '../../report-description.js';

/** The documented envelope of replies and errors (seed page, "Response"). */

export const codeOf = (status: number) =>
  described(z.union([z.literal(status), z.literal(String(status))]), {
    en: 'The HTTP status: a number, or a string where the operation’s reply profile asks for it.',
    es: 'El código HTTP: un número, o un texto si el perfil de respuesta de la operación lo pide.',
  });

export const noError = described(z.null(), {
  en: '`null` when there is no error.',
  es: '`null` cuando no hay error.',
});

const message = described(z.string().regex(/^\d+ records were found$/), {
  en: 'How many rows this reply has.',
  es: 'Cuántas filas tiene esta respuesta.',
});

/** A row of a report: every value is a string. */
export function rowSchema({ api, id = api, columns }: ReportDescription): z.ZodObject {
  const fields = columns.map(({ name, description }) => [name, described(z.string(), description)]);
  return z.strictObject(Object.fromEntries(fields)).meta({ id: `${id}_row` });
}

/** The cursor of the next page of a list. */
export const NEXT_CURSOR = described(z.string().nullable().optional(), {
  en: 'Only where `cursor` was sent: what to send for the next page, `null` on the last one.',
  es: 'Solo si se envió `cursor`: lo que se debe enviar para la página siguiente; `null` en la última.',
});

/** The reply of a report that is read page by page. */
export function pagedReplySchema(report: ReportDescription): z.ZodObject {
  return replySchema(report)
    .extend({ next_cursor: NEXT_CURSOR })
    .meta({ id: `${report.id ?? report.api}_reply` });
}

/** The reply of a short list. */
export function listReplySchema(report: ReportDescription): z.ZodObject {
  return replySchema(report).meta({ id: `${report.id ?? report.api}_reply` });
}

/** The reply without rows: for an operation that asks for 200 instead of 404, or for a later page that has become empty. */
export const emptyReplySchema = z
  .strictObject({
    code: codeOf(200),
    error: noError,
    msg: described(z.literal('0 records were found'), {
      en: 'Nothing was found.',
      es: 'No se encontró nada.',
    }),
    // An array of `null`: from an empty item type, client generators make every row `unknown`.
    data: described(z.array(z.null()).max(0), { en: 'No rows.', es: 'Ninguna fila.' }),
    next_cursor: described(z.null().optional(), {
      en: 'Only where `cursor` was sent: it was the last page.',
      es: 'Solo si se envió `cursor`: era la última página.',
    }),
  })
  .meta({ id: 'empty_reply' });

function replySchema(report: ReportDescription) {
  const data = described(z.array(rowSchema(report)).min(1), { en: 'The rows.', es: 'Las filas.' });
  return z.strictObject({ code: codeOf(200), error: noError, msg: message, data });
}

/** A fault of a record of an upload. */
export const faultRowSchema = z
  .strictObject({
    index: described(z.string().regex(/^\d+$/), {
      en: 'Which record, from 0.',
      es: 'Cuál registro, desde 0.',
    }),
    field: described(z.string(), {
      en: 'Which field; empty: the record itself.',
      es: 'Cuál campo; vacío: el registro mismo.',
    }),
    reason: described(z.string(), { en: 'What is wrong with it.', es: 'Qué está mal.' }),
  })
  .meta({ id: 'record_fault' });

/** An error in the documented envelope. */
export const vendorErrorSchema = z
  .strictObject({
    code: described(z.union([z.int(), z.string().regex(/^\d{3}$/)]), {
      en: 'The HTTP status: a number, or a string where the operation’s reply profile asks for it.',
      es: 'El código HTTP: un número, o un texto si el perfil de respuesta de la operación lo pide.',
    }),
    error: described(z.string(), { en: 'The name of the status.', es: 'El nombre del código.' }),
    msg: described(z.string(), { en: 'What is wrong.', es: 'Qué está mal.' }),
    data: described(z.array(faultRowSchema).max(MAX_FAULTS), {
      en: `Empty, except for an upload with records that are not valid: then the first ${MAX_FAULTS} faults; msg says how many there are.`,
      es: `Vacío, salvo en una carga con registros no válidos: entonces, las primeras ${MAX_FAULTS} fallas; msg dice cuántas hay.`,
    }),
  })
  .meta({ id: 'error_reply' });
