import { z } from 'zod';
import { importDocumentSchema, rejectDocumentSchema } from '../../documents/import-document.js';
import { importPreviewDocumentSchema } from '../../documents/import-preview-document.js';
import { described } from '../../language.js';
import { importPreviewQuery, importQuery } from '../../queries/import-query.js';
import { listQuery, operationQuery, rejectsQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

const PATH = '/v1/imports';

const next_cursor = described(z.string().nullable(), {
  en: 'What to send as `cursor` for the next page; `null` on the last one.',
  es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
});

const path_parameters = z.object({
  id: described(z.string(), { en: 'Id of the import.', es: 'Identificador de la importación.' }),
});

export const IMPORT_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'import_file',
    api_kind: 'native',
    method: 'POST',
    path: PATH,
    title: { en: 'Import a file', es: 'Importar un archivo' },
    description: {
      en: 'The body is a file that a dialer wrote, of any size. If the import stops early, what was stored stays stored. Importing the same file again changes nothing.',
      es: 'El cuerpo es un archivo que escribió un marcador, de cualquier tamaño. Si la importación se corta, lo guardado queda guardado. Importar otra vez el mismo archivo no cambia nada.',
    },
    how: [
      {
        en: 'If all places are taken, an import waits in line for 10 seconds, and is then answered 503. Send it again.',
        es: 'Si todos los lugares están ocupados, una importación espera en fila 10 segundos, y luego se responde 503. Envíela otra vez.',
      },
      {
        en: 'An import is broken off when nothing arrives for a minute (`RECUENTO_IMPORT_SILENCE_S`), or when less than 1 KiB a second arrives over a minute while another operation waits for its place.',
        es: 'Una importación se corta si no llega nada durante un minuto (`RECUENTO_IMPORT_SILENCE_S`), o si en un minuto llega menos de 1 KiB por segundo mientras otra operación espera su lugar.',
      },
    ],
    scopes: ['ingest', 'administrator'],
    query: z.object({ ...importQuery.shape, ...operationQuery.shape }),
    query_example: ['campaign_id'],
    body: { 'application/octet-stream': undefined },
    replies: {
      202: {
        description: {
          en: 'The file was read. The counts say what became of its lines.',
          es: 'El archivo se leyó. Los conteos dicen qué pasó con sus líneas.',
        },
        bodies: { 'application/json': importDocumentSchema },
      },
    },
    errors: [
      ...(['unknown-resource', 'import-broken-off', 'wrong-file', 'file-is-packed'] as const),
      ...(['file-is-workbook', 'file-is-web-page', 'file-is-sql', 'file-is-no-text', 'conflict'] as const),
    ],
  },
  {
    id: 'preview_import',
    api_kind: 'native',
    method: 'POST',
    path: `${PATH}/preview`,
    title: { en: 'Preview an import', es: 'Vista previa de una importación' },
    description: {
      en: 'The body is the beginning of a file, at most 1 MiB of it. It is read as an import with the same parameters reads it, and nothing is stored.',
      es: 'El cuerpo es el comienzo de un archivo, a lo sumo 1 MiB. Se lee como lo lee una importación con los mismos parámetros, y no se guarda nada.',
    },
    benefit: {
      en: 'Shows the format, the first attempts, what is rejected and why, and words that have no meaning yet, before anything is imported.',
      es: 'Muestra el formato, los primeros intentos, qué se rechaza y por qué, y las palabras que aún no tienen significado, antes de importar nada.',
    },
    how: [
      {
        en: 'A file whose format is not recognised is no error here: `refusal` says why, and `table` shows its columns with a proposal for `map`.',
        es: 'Un archivo cuyo formato no se reconoce no es un error aquí: `refusal` dice por qué, y `table` muestra sus columnas con una propuesta para `map`.',
      },
      {
        en: 'Of gzip, send the beginning of the compressed file: at most 1 MiB of its text is read.',
        es: 'Si es gzip, envíe el comienzo del archivo comprimido: se lee a lo sumo 1 MiB de su texto.',
      },
      {
        en: 'A call whose legs stand further apart, or that is stored already, may be joined only by the import.',
        es: 'Una llamada cuyas piernas están más separadas, o que ya está guardada, puede unirse solo al importar.',
      },
    ],
    scopes: ['ingest', 'administrator'],
    query: z.object({ ...importPreviewQuery.shape, ...operationQuery.shape }),
    query_example: ['campaign_id'],
    body: { 'application/octet-stream': undefined },
    replies: {
      200: {
        description: { en: 'What an import would make of it.', es: 'Lo que haría una importación con él.' },
        bodies: { 'application/json': importPreviewDocumentSchema },
      },
    },
    errors: [
      ...(['unknown-resource', 'file-is-packed', 'file-is-workbook'] as const),
      ...(['file-is-web-page', 'file-is-sql', 'file-is-no-text'] as const),
    ],
  },
  {
    id: 'list_imports',
    api_kind: 'native',
    method: 'GET',
    path: PATH,
    title: { en: 'List the imports', es: 'Listar las importaciones' },
    description: {
      en: 'All imports, the newest first.',
      es: 'Todas las importaciones, la más reciente primero.',
    },
    scopes: ['report', 'ingest', 'admin', 'administrator'],
    query: z.object({ ...listQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: { en: 'A page of imports.', es: 'Una página de importaciones.' },
        bodies: {
          'application/json': z.strictObject({ imports: z.array(importDocumentSchema), next_cursor }),
        },
      },
    },
    errors: ['unknown-resource'],
  },
  {
    id: 'get_import',
    api_kind: 'native',
    method: 'GET',
    path: `${PATH}/{id}`,
    title: { en: 'Get an import', es: 'Consultar una importación' },
    description: {
      en: 'The state of an import and its counts, so far or final.',
      es: 'El estado de una importación y sus conteos, parciales o finales.',
    },
    scopes: ['report', 'ingest', 'admin', 'administrator'],
    path_parameters,
    query: operationQuery,
    replies: {
      200: {
        description: { en: 'The import.', es: 'La importación.' },
        bodies: { 'application/json': importDocumentSchema },
      },
    },
    errors: ['unknown-resource'],
  },
  {
    id: 'undo_import',
    api_kind: 'native',
    method: 'DELETE',
    path: `${PATH}/{id}`,
    title: { en: 'Undo an import', es: 'Retirar una importación' },
    description: {
      en: 'Removes what only this import brought, and restores what it had outranked. This happens in the background: the state is `undoing`, then `undone`. Until it is done, reports may show neither the one nor the other.',
      es: 'Retira lo que solo esta importación trajo, y restaura lo que había desplazado. Ocurre en segundo plano: el estado es `undoing` y luego `undone`. Mientras tanto, los reportes pueden no mostrar ni lo uno ni lo otro.',
    },
    how: [
      {
        en: 'Use it for a file that was imported with the wrong time zone or campaign: both are part of the identity of an attempt. `GET /v1/audit` says who undid an import.',
        es: 'Úselo con un archivo que se importó con la zona horaria o la campaña equivocada: ambas son parte de la identidad de un intento. `GET /v1/audit` dice quién retiró una importación.',
      },
    ],
    scopes: ['ingest', 'admin', 'administrator'],
    path_parameters,
    query: operationQuery,
    replies: {
      202: {
        description: { en: 'The undo has begun.', es: 'La importación se está retirando.' },
        bodies: { 'application/json': importDocumentSchema },
      },
    },
    errors: ['unknown-resource', 'conflict'],
  },
  {
    id: 'list_rejects',
    api_kind: 'native',
    method: 'GET',
    path: `${PATH}/{id}/rejects`,
    title: { en: 'List the rejected lines', es: 'Listar las líneas rechazadas' },
    description: {
      en: 'The lines that an import rejected, each with its number and the reason.',
      es: 'Las líneas que una importación rechazó, cada una con su número y el motivo.',
    },
    scopes: ['ingest', 'administrator'],
    path_parameters,
    query: z.object({ ...rejectsQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: { en: 'A page of lines, or all as CSV.', es: 'Una página de líneas, o todas como CSV.' },
        bodies: {
          'application/json': z.strictObject({
            rejected: z.int(),
            rejects: z.array(rejectDocumentSchema),
            next_cursor,
          }),
          'text/csv': undefined,
        },
      },
    },
    errors: ['unknown-resource'],
  },
];
