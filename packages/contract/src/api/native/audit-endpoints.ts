import { z } from 'zod';
import { auditDocumentSchema } from '../../documents/audit-document.js';
import { described } from '../../language.js';
import { listQuery, operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

export const AUDIT_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'list_audit',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/audit',
    title: { en: 'Audit log', es: 'Registro de auditoría' },
    description: {
      en: 'Who took which import back, put telephones aside or back, or created or deleted which webhook, and when; the newest first. Entries are never changed or deleted.',
      es: 'Quién retiró qué importación, apartó o devolvió teléfonos, o creó o eliminó qué webhook, y cuándo; lo más reciente primero. Las entradas nunca se cambian ni se borran.',
    },
    scopes: ['admin', 'administrator'],
    query: z.object({ ...listQuery.shape, ...operationQuery.shape }),
    replies: {
      200: {
        description: { en: 'A page of entries.', es: 'Una página de entradas.' },
        bodies: {
          'application/json': z.strictObject({
            entries: z.array(auditDocumentSchema),
            next_cursor: described(z.string().nullable(), {
              en: 'What to send as `cursor` for the next page; `null` on the last one.',
              es: 'Lo que se debe enviar como `cursor` para la página siguiente; `null` en la última.',
            }),
          }),
        },
      },
    },
    errors: ['unknown-resource'],
  },
];
