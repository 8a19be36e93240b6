import { z } from 'zod';
import { doNotCallSchema } from '../../do-not-call.js';
import { LEFT_OUT_HEADER } from '../../hygiene/export.js';
import { hygieneExportQuery } from '../../queries/hygiene-export-query.js';
import { operationQuery } from '../../queries/list-query.js';
import type { Endpoint } from '../endpoint.js';

export const HYGIENE_EXPORT_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'hygiene_export',
    api_kind: 'native',
    method: 'GET',
    path: '/v1/hygiene/export',
    title: { en: 'Hand telephones to the dialer', es: 'Entregar teléfonos al marcador' },
    description: {
      en: 'The telephones that are put aside now, or those with a verdict, in the form that a dialer takes.',
      es: 'Los teléfonos apartados ahora, o los que tienen un veredicto, en la forma que recibe un marcador.',
    },
    benefit: {
      en: 'The list goes into the dialer as it is, without a spreadsheet in between.',
      es: 'La lista entra al marcador tal cual, sin una hoja de cálculo de por medio.',
    },
    how: [
      {
        en: `A telephone that a format cannot have is left out of it, never changed: \`${LEFT_OUT_HEADER}\` says how many.`,
        es: `Un teléfono que no cabe en un formato se deja fuera, nunca se cambia: \`${LEFT_OUT_HEADER}\` dice cuántos.`,
      },
      {
        en: 'Telephones are as they were dialed, prefixes included.',
        es: 'Los teléfonos van tal como se marcaron, con sus prefijos.',
      },
      {
        en: '`add_dnc` and `customer_ids` come page by page, each as large as the call that takes it accepts. While there are more, the header `Link` has the address of the next page, relative to the one that was requested: `<?format=…>; rel="next"`.',
        es: '`add_dnc` y `customer_ids` llegan página por página, cada una tan grande como la acepta el consumo que la recibe. Mientras haya más, el encabezado `Link` trae la dirección de la página siguiente, relativa a la solicitada: `<?format=…>; rel="next"`.',
      },
      {
        en: 'The other formats are one file of any length. If something fails after its first byte the connection ends: a download that ends normally is complete.',
        es: 'Los demás formatos son un solo archivo de cualquier tamaño. Si algo falla después de su primer byte, la conexión se corta: una descarga que termina con normalidad está completa.',
      },
    ],
    scopes: ['report', 'administrator'],
    query: z.object({ ...hygieneExportQuery.shape, ...operationQuery.shape }),
    query_example: ['format'],
    replies: {
      200: {
        description: {
          en: 'The telephones, or the ids of customers.',
          es: 'Los teléfonos, o los identificadores de los clientes.',
        },
        bodies: {
          'application/json': z.array(doNotCallSchema),
          'text/csv': undefined,
          'text/plain': undefined,
          'application/sql': undefined,
        },
      },
    },
    errors: ['unknown-resource', 'report-timeout'],
  },
];
