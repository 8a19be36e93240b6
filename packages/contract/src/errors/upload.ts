import { entry } from './entry.js';

/** Contents of uploads: bodies that can be read, but are not what was expected. */
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
      en: 'Fields or records do not have the required form. The message says how many, and the first 100 are listed with index, field and reason. Nothing was stored.',
      es: 'Hay campos o registros que no tienen la forma debida. El mensaje dice cuántos, y los 100 primeros aparecen con su índice, campo y motivo. No se guardó nada.',
    },
    remedy: {
      en: 'Correct the listed ones and send the whole upload again.',
      es: 'Corrija los que aparecen y envíe otra vez la carga completa.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { count: 1 }, faults: [{ index: 0, field: 'telephone', reason: 'is empty' }] },
  }),
  'wrong-file': entry({
    status: 422,
    error: 'UNPROCESSABLE CONTENT',
    msg: 'THE FILE IS NOT WHAT THE IMPORT EXPECTS: {reason}',
    cause: {
      en: 'The file is empty, is not of the named format, or `auto` does not recognise exactly one format in it. Nothing was stored, except when a second file begins within the file: then the lines before that are stored.',
      es: 'El archivo está vacío, no es del formato indicado, o `auto` no reconoce en él exactamente un formato. No se guardó nada, salvo que dentro del archivo empiece un segundo archivo: entonces quedaron guardadas las líneas anteriores.',
    },
    remedy: {
      en: 'Name the format that the file has; the message says what is missing, or which formats there are.',
      es: 'Indique el formato que tiene el archivo; el mensaje dice qué falta, o qué formatos hay.',
    },
    forms: ['problem'],
    example: { values: { reason: 'its header has no column result' } },
  }),
  'file-is-packed': entry({
    status: 422,
    error: 'UNPROCESSABLE CONTENT',
    msg: 'THE FILE IS PACKED ({kind}): UNPACK IT, OR PACK IT WITH GZIP',
    cause: {
      en: 'The first bytes are those of an archive or of a compression that is not read here. Nothing was stored.',
      es: 'Los primeros bytes son de un archivo comprimido de un tipo que aquí no se lee. No se guardó nada.',
    },
    remedy: {
      en: 'Unpack it and send what is in it. The only compression that is read is gzip, whatever the file is called.',
      es: 'Descomprímalo y envíe lo que contiene. La única compresión que se lee es gzip, se llame como se llame el archivo.',
    },
    forms: ['problem'],
    example: { values: { kind: 'ZIP' } },
  }),
  'file-is-workbook': entry({
    status: 422,
    error: 'UNPROCESSABLE CONTENT',
    msg: 'THE FILE IS A WORKBOOK ({kind}): SAVE ITS SHEET AS CSV, TELEPHONES AS TEXT',
    cause: {
      en: 'The first bytes are those of a spreadsheet program, which keeps rows in a form of its own. Nothing was stored.',
      es: 'Los primeros bytes son de una hoja de cálculo, que guarda las filas a su manera. No se guardó nada.',
    },
    remedy: {
      en: 'Save the sheet as CSV in UTF-8. Before that, format the column of telephones as text: otherwise a number of twelve digits is saved as `5.73E+11`.',
      es: 'Guarde la hoja como CSV en UTF-8. Antes, ponga la columna de teléfonos como texto: si no, un número de doce cifras se guarda como `5.73E+11`.',
    },
    forms: ['problem'],
    example: { values: { kind: 'XLSX' } },
  }),
  'file-is-web-page': entry({
    status: 422,
    error: 'UNPROCESSABLE CONTENT',
    msg: 'THE FILE IS A WEB PAGE (HTML): EXPORT THE ROWS AS CSV',
    cause: {
      en: 'The file begins as a web page: a table that was saved from a browser, a report with the name of a spreadsheet that is not one, or the page that says that the session has ended. Nothing was stored.',
      es: 'El archivo empieza como una página web: una tabla guardada desde el navegador, un reporte que se llama hoja de cálculo y no lo es, o la página que avisa de que la sesión terminó. No se guardó nada.',
    },
    remedy: {
      en: 'Export the rows as CSV. If the program offers nothing else, open the page in a spreadsheet and save it as CSV.',
      es: 'Exporte las filas como CSV. Si el programa no da otra cosa, abra la página en una hoja de cálculo y guárdela como CSV.',
    },
    forms: ['problem'],
    example: {},
  }),
  'file-is-sql': entry({
    status: 422,
    error: 'UNPROCESSABLE CONTENT',
    msg: 'THE FILE IS A DUMP OF SQL STATEMENTS: EXPORT THE ROWS, AS BY mysql --batch',
    cause: {
      en: 'The file begins with SQL statements, like a backup of a database. Nothing was stored.',
      es: 'El archivo empieza con sentencias de SQL, como la copia de seguridad de una base de datos. No se guardó nada.',
    },
    remedy: {
      en: 'Export the rows of the table with their names: `mysql --batch asteriskcdrdb -e "SELECT * FROM cdr"`, or in PostgreSQL `\\copy cdr TO STDOUT CSV HEADER`.',
      es: 'Exporte las filas de la tabla con sus nombres: `mysql --batch asteriskcdrdb -e "SELECT * FROM cdr"`, o en PostgreSQL `\\copy cdr TO STDOUT CSV HEADER`.',
    },
    forms: ['problem'],
    example: {},
  }),
  'file-is-no-text': entry({
    status: 422,
    error: 'UNPROCESSABLE CONTENT',
    msg: 'THE FILE IS NO TEXT ({kind}): EXPORT THE ROWS AS CSV',
    cause: {
      en: 'The first bytes are those of a kind of file that holds no rows of text. Nothing was stored.',
      es: 'Los primeros bytes son de un tipo de archivo que no contiene filas de texto. No se guardó nada.',
    },
    remedy: {
      en: 'Export the rows as CSV from the program that has them.',
      es: 'Exporte las filas como CSV desde el programa que las tiene.',
    },
    forms: ['problem'],
    example: { values: { kind: 'PDF' } },
  }),
};
