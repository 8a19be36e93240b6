import { z } from 'zod';
import { importDocumentSchema, rejectDocumentSchema } from '../../documents/import-document.js';
import { described } from '../../language.js';
import { importQuery } from '../../queries/import-query.js';
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
      en: 'A file that a dialer wrote, of any size, as the body. What was stored stays stored, and the same file again changes nothing.',
      es: 'Un archivo que escribió un marcador, de cualquier tamaño, como cuerpo. Lo guardado queda guardado, y el mismo archivo otra vez no cambia nada.',
    },
    how: [
      {
        en: 'Where all places are taken it waits in line for 10 seconds, and is then answered 503; send it again.',
        es: 'Si todos los lugares están ocupados espera en fila 10 segundos, y luego se responde 503; envíelo otra vez.',
      },
      {
        en: 'It is broken off when nothing comes for a minute (`RECUENTO_IMPORT_SILENCE_S`), or less than 1 KiB a second over a minute while another operation waits for its place.',
        es: 'Se corta si no llega nada durante un minuto (`RECUENTO_IMPORT_SILENCE_S`), o si en un minuto llega menos de 1 KiB por segundo mientras otra operación espera su lugar.',
      },
    ],
    scopes: ['ingest', 'administrator'],
    query: z.object({ ...importQuery.shape, ...operationQuery.shape }),
    query_example: ['campaign_id'],
    body: { 'application/octet-stream': undefined },
    replies: {
      202: {
        description: {
          en: 'The file was read; the counts say what came of it.',
          es: 'El archivo se leyó; los conteos dicen qué resultó.',
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
    id: 'list_imports',
    api_kind: 'native',
    method: 'GET',
    path: PATH,
    title: { en: 'List the imports', es: 'Listar las importaciones' },
    description: { en: 'The newest first.', es: 'La más reciente primero.' },
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
    title: { en: 'How an import goes', es: 'Cómo va una importación' },
    description: {
      en: 'Its counts so far, or at its end.',
      es: 'Sus conteos hasta ahora, o al final.',
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
    title: { en: 'Take an import back', es: 'Retirar una importación' },
    description: {
      en: 'Takes back what this import alone brought, and restores what it had outranked. It happens in the background: the state is `undoing`, then `undone`. Meanwhile reports may show neither.',
      es: 'Retira lo que solo esta importación trajo, y restaura lo que había desplazado. Ocurre en segundo plano: el estado es `undoing` y luego `undone`. Mientras tanto los informes pueden no mostrar ninguno de los dos.',
    },
    how: [
      {
        en: 'It is for what was imported with the wrong time zone or campaign: both are part of what an attempt is. `GET /v1/audit` says who did it.',
        es: 'Es para lo que se importó con la zona horaria o la campaña equivocada: ambas son parte de lo que es un intento. `GET /v1/audit` dice quién lo hizo.',
      },
    ],
    scopes: ['ingest', 'admin', 'administrator'],
    path_parameters,
    query: operationQuery,
    replies: {
      202: {
        description: { en: 'It is noted, and happens.', es: 'Está anotado, y ocurre.' },
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
    title: { en: 'Rejected lines', es: 'Líneas rechazadas' },
    description: {
      en: 'The lines that an import rejected, with number and reason.',
      es: 'Las líneas que una importación rechazó, con número y motivo.',
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
