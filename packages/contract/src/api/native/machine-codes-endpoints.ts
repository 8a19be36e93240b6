import { z } from 'zod';
import { machineCodesDocumentSchema } from '../../documents/machine-codes-document.js';
import { operationQuery } from '../../queries/list-query.js';
import { machineCodesQuery } from '../../queries/table-query.js';
import type { Endpoint } from '../endpoint.js';
import { TABLE_FILES, TABLE_HOW } from './tables-endpoints.js';

export const MACHINE_CODES_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'machine_codes',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/machine-codes',
    title: { en: 'Machine codes by telephone', es: 'Códigos de máquina por teléfono' },
    description: {
      en: 'A row for each telephone with at least one machine recognition in the window: the counts of `campaign_8`, as numbers, and next to them the counts of all its attempts.',
      es: 'Una fila por cada teléfono con al menos un reconocimiento de máquina en la ventana: los conteos de `campaign_8`, como números, y junto a ellos los de todos sus intentos.',
    },
    benefit: {
      en: 'Finds the telephones that cost dials and never answer, sorted by what they cost.',
      es: 'Encuentra los teléfonos que gastan marcaciones y nunca contestan, ordenados por lo que cuestan.',
    },
    how: TABLE_HOW,
    scopes: ['report', 'administrator'],
    query: z.object({ ...machineCodesQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: {
          en: 'A page of the table, or all of it as a file.',
          es: 'Una página de la tabla, o toda como archivo.',
        },
        bodies: { 'application/json': machineCodesDocumentSchema, ...TABLE_FILES },
      },
    },
    errors: ['unknown-resource', 'window-too-long', 'table-too-long', 'report-timeout'],
  },
];
