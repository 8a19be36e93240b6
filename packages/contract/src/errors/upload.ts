import { entry } from './entry.js';

/** What was uploaded: bodies that can be read and are not what was expected. */
export const UPLOAD_ERRORS = {
  'unsupported-media-type': entry({
    status: 415,
    error: 'UNSUPPORTED MEDIA TYPE',
    msg: 'SEND {accepted}',
    cause: {
      en: 'The Content-Type or Content-Encoding is not one that this path reads.',
      es: 'Esta ruta no lee ese Content-Type o ese Content-Encoding.',
    },
    remedy: { en: 'Send one that the message names.', es: 'Envíe uno de los que nombra el mensaje.' },
    forms: ['envelope', 'problem'],
    example: { values: { accepted: 'application/json' } },
  }),
  'invalid-records': entry({
    status: 422,
    error: 'UNPROCESSABLE CONTENT',
    msg: '{count} FIELDS ARE NOT VALID',
    cause: {
      en: 'Fields or records do not fit their form. The message says how many, and the first 100 are listed with index, field and reason. Nothing was stored.',
      es: 'Hay campos o registros que no tienen la forma debida. El mensaje dice cuántos, y los 100 primeros aparecen con su índice, campo y motivo. No se guardó nada.',
    },
    remedy: {
      en: 'Mend the listed ones and send the whole again.',
      es: 'Corrija los que aparecen y envíe todo otra vez.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { count: 1 }, faults: [{ index: 0, field: 'telephone', reason: 'is empty' }] },
  }),
  'wrong-file': entry({
    status: 422,
    error: 'UNPROCESSABLE CONTENT',
    msg: 'THE FILE IS NOT WHAT THE IMPORT EXPECTS: {reason}',
    cause: {
      en: 'The file is empty or not of the named format, or `auto` recognises not one alone in it. Nothing was stored.',
      es: 'El archivo está vacío o no es del formato indicado, o `auto` no reconoce en él exactamente uno. No se guardó nada.',
    },
    remedy: {
      en: 'Name the format that the file has; the message says what is missing, or which formats there are.',
      es: 'Indique el formato que tiene el archivo; el mensaje dice qué falta, o qué formatos hay.',
    },
    forms: ['problem'],
    example: { values: { reason: 'its header has no column result' } },
  }),
};
