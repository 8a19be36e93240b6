import { entry } from './entry.js';

/** Bodies that cannot be read: broken, cut short or too slow. */
export const UNREADABLE_ERRORS = {
  'malformed-body': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'THE BODY CANNOT BE READ: {reason}',
    cause: {
      en: 'The body is not JSON or NDJSON, is not UTF-8, or has more fields or levels than such a body may have; or its gzip stream is broken, or expands to more than 200 times its size. Nothing was stored.',
      es: 'El cuerpo no es JSON ni NDJSON, no está en UTF-8, o trae más campos o niveles de los que puede tener; o su flujo gzip está dañado, o se expande a más de 200 veces su tamaño. No se guardó nada.',
    },
    remedy: {
      en: 'Send the body again, whole, with the Content-Type and Content-Encoding that it really has.',
      es: 'Envíe el cuerpo otra vez, completo, con el Content-Type y el Content-Encoding que realmente tiene.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { reason: 'IT IS NOT A JSON ARRAY' } },
  }),
  'body-too-slow': entry({
    status: 408,
    error: 'REQUEST TIMEOUT',
    msg: 'THE BODY CAME TOO SLOWLY: SEND IT AGAIN',
    cause: {
      en: 'No byte of the body arrived for 15 seconds, less than 1 KiB a second arrived, or the body was not complete within 5 minutes (for `/api/v2/campaign.php`, within the time of a call). Nothing was stored, and the connection is closed.',
      es: 'Del cuerpo no llegó nada durante 15 segundos, llegó menos de 1 KiB por segundo, o no llegó completo en 5 minutos (en `/api/v2/campaign.php`, en el tiempo de un consumo). No se guardó nada, y la conexión se cierra.',
    },
    remedy: {
      en: 'Send it again, compressed with gzip or in parts; check the network if it happens again.',
      es: 'Envíelo otra vez, comprimido con gzip o en partes; si se repite, revise la red.',
    },
    forms: ['envelope', 'problem'],
    example: {},
  }),
  'import-broken-off': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'THE IMPORT STOPPED BEFORE THE END OF THE FILE: {reason}',
    cause: {
      en: 'The gzip stream of the file is broken or cut short, the connection ended, nothing arrived for too long (`RECUENTO_IMPORT_SILENCE_S`), or the file arrived so slowly that another operation took its place. The lines before that are stored.',
      es: 'El flujo gzip del archivo está dañado o incompleto, se cortó la conexión, no llegó nada durante demasiado tiempo (`RECUENTO_IMPORT_SILENCE_S`), o el archivo llegó tan despacio que otra operación tomó su lugar. Las líneas anteriores quedaron guardadas.',
    },
    remedy: {
      en: 'Import the whole file again: lines that are stored already count as unchanged.',
      es: 'Importe de nuevo el archivo completo: las líneas ya guardadas cuentan como sin cambios.',
    },
    forms: ['problem'],
    example: { values: { reason: 'THE GZIP STREAM IS BROKEN OR CUT SHORT' } },
  }),
};
