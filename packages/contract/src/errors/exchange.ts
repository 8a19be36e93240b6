import { entry } from './entry.js';

/** HTTP itself: headers that are too large or too slow, and requests that are not valid HTTP. */
export const EXCHANGE_ERRORS = {
  'headers-too-large': entry({
    status: 431,
    error: 'REQUEST HEADER FIELDS TOO LARGE',
    msg: 'THE REQUEST LINE AND HEADERS HAVE MORE THAN {limit} BYTES',
    cause: {
      en: 'The query string or a header is far larger than any valid one.',
      es: 'La cadena de consulta o un encabezado es mucho más grande que cualquiera válido.',
    },
    remedy: {
      en: 'Send parameters only as documented.',
      es: 'Envíe solo los parámetros documentados.',
    },
    forms: ['envelope'],
    example: { values: { limit: 16_384 } },
  }),
  'headers-too-slow': entry({
    status: 408,
    error: 'REQUEST TIMEOUT',
    msg: 'THE REQUEST LINE AND HEADERS CAME TOO SLOWLY: SEND THEM AGAIN',
    cause: {
      en: 'The request line and headers did not come whole within 15 seconds. The connection is closed.',
      es: 'La línea de la petición y los encabezados no llegaron completos en 15 segundos. La conexión se cierra.',
    },
    remedy: {
      en: 'Send the request again, in one piece; check the network if it happens again.',
      es: 'Envíe la petición otra vez, de una sola vez; si se repite, revise la red.',
    },
    forms: ['envelope'],
    example: {},
  }),
  'expectation-unknown': entry({
    status: 417,
    error: 'EXPECTATION FAILED',
    msg: 'THE HEADER Expect NAMES WHAT NOBODY KNOWS HERE',
    cause: {
      en: 'The header `Expect` has another value than `100-continue`.',
      es: 'El encabezado `Expect` tiene un valor distinto de `100-continue`.',
    },
    remedy: {
      en: 'Leave the header out.',
      es: 'No envíe ese encabezado.',
    },
    forms: ['envelope', 'problem'],
    example: {},
  }),
  'malformed-request': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'THE REQUEST CANNOT BE READ AS HTTP',
    cause: {
      en: 'The request line, a header or the path is not valid HTTP, or there is not exactly one Host.',
      es: 'La línea de la petición, un encabezado o la ruta no es HTTP válido, o no hay exactamente un Host.',
    },
    remedy: {
      en: 'Check the client; a space in a parameter is sent as `%20`, and so on.',
      es: 'Revise el cliente; un espacio en un parámetro se envía como `%20`, etc.',
    },
    forms: ['envelope', 'problem'],
    example: {},
  }),
};
