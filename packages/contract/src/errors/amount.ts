import { entry } from './entry.js';

/** Limits of size: more rows, records or bytes than allowed. */
export const AMOUNT_ERRORS = {
  'too-many-rows': entry({
    status: 413,
    error: 'PAYLOAD TOO LARGE',
    msg: 'THE RESULT HAS {rows} ROWS AND THE LIMIT IS {limit}: SEND cursor= TO READ IT IN PAGES, OR NARROW THE WINDOW',
    cause: {
      en: 'Without `cursor` a result above the limit is refused, never cut in silence.',
      es: 'Sin `cursor`, un resultado por encima del límite se rechaza; nunca se recorta sin avisar.',
    },
    remedy: {
      en: 'Send `cursor=` (empty to start) and follow `next_cursor`, or narrow the window.',
      es: 'Envíe `cursor=` (vacío para empezar) y siga `next_cursor`, o reduzca la ventana.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { rows: 60_001, limit: 60_000 } },
  }),
  'table-too-long': entry({
    status: 413,
    error: 'PAYLOAD TOO LARGE',
    msg: 'THE TABLE HAS MORE THAN {limit} ROWS: NARROW THE WINDOW, OR ASK FOR A FORMAT OR AN INTERVAL THAT FITS',
    cause: {
      en: 'A table of `/v1` has more rows than the table, or the requested file format, may have. Nothing is cut in silence.',
      es: 'Una tabla de `/v1` tiene más filas de las que puede tener la tabla, o el formato de archivo pedido. Nada se recorta sin avisar.',
    },
    remedy: {
      en: 'Narrow the window or filter; ask for `csv` or `ndjson`, which have no such limit for `/v1/machine-codes`; ask `/v1/trend` for days.',
      es: 'Reduzca la ventana o filtre; pida `csv` o `ndjson`, que no tienen ese límite en `/v1/machine-codes`; pida días a `/v1/trend`.',
    },
    forms: ['problem'],
    example: { values: { limit: 100_000 } },
  }),
  'too-many-records': entry({
    status: 413,
    error: 'PAYLOAD TOO LARGE',
    msg: 'THE UPLOAD HAS {records} RECORDS AND THE LIMIT IS {limit}: SEND IT IN PARTS',
    cause: {
      en: 'One upload holds more records than allowed. Nothing was stored.',
      es: 'Una carga trae más registros de los permitidos. No se guardó nada.',
    },
    remedy: {
      en: 'Split it into parts. Each part is stored whole or not at all, and may be sent again.',
      es: 'Divídala en partes. Cada una se guarda entera o no se guarda, y puede enviarse otra vez.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { records: 10_001, limit: 10_000 } },
  }),
  'too-many-campaigns': entry({
    status: 403,
    error: 'FORBIDDEN',
    msg: 'EXCEEDS THE LIMIT OF CAMPAIGNS PER OPERATION ({limit})',
    cause: {
      en: 'The operation has so many campaigns that no further one can be created. Nothing was created.',
      es: 'La operación tiene tantas campañas que no se puede crear otra. No se creó nada.',
    },
    remedy: {
      en: 'Use an existing campaign: `information.php?api=campaigns` lists them.',
      es: 'Use una campaña que ya exista: `information.php?api=campaigns` las lista.',
    },
    forms: ['envelope'],
    example: { values: { limit: 10_000 } },
  }),
  'reply-too-large': entry({
    status: 413,
    error: 'PAYLOAD TOO LARGE',
    msg: 'THE REPLY HAS {bytes} BYTES AND THE LIMIT IS {limit}: NARROW THE WINDOW',
    cause: {
      en: 'The reply would be larger than one reply may be.',
      es: 'La respuesta pesaría más de lo que puede pesar una respuesta.',
    },
    remedy: {
      en: 'Narrow the window, or read page by page with `cursor`.',
      es: 'Reduzca la ventana, o lea página por página con `cursor`.',
    },
    forms: ['envelope'],
    example: { values: { bytes: 268_435_500, limit: 268_435_456 } },
  }),
  'body-too-large': entry({
    status: 413,
    error: 'PAYLOAD TOO LARGE',
    msg: 'THE BODY HAS MORE THAN {limit} BYTES: SEND IT IN PARTS',
    cause: {
      en: 'The request body, after decompression, is larger than allowed. Nothing was stored.',
      es: 'El cuerpo de la petición, ya descomprimido, es más grande de lo permitido. No se guardó nada.',
    },
    remedy: { en: 'Split it into parts.', es: 'Divídalo en partes.' },
    forms: ['envelope', 'problem'],
    example: { values: { limit: 33_554_432 } },
  }),
};
