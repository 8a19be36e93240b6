import { z } from 'zod';
import { removeRecordQuery } from '../../queries/campaign-query.js';
import { removeRecordSchema } from '../../records.js';
import type { Endpoint } from '../endpoint.js';
import { countText } from './created.js';
import { doneSchema, RECORDS_HOW } from './done.js';
import { apiNamed } from './reports.js';

const REMOVED_MSG =
  /^\d+ records were removed(, \d+ were not found)?(, \d+ of their telephones are still dialed: other customers have them)?$/;

/** `campaign.php?api=remove_record`: the telephones of customers are put aside, until they are recalled. */
export const REMOVE_RECORD: Endpoint = {
  id: 'remove_record',
  api_kind: 'documented',
  method: 'DELETE',
  path: '/api/v2/campaign.php',
  title: { en: 'Remove records of a campaign', es: 'Borrar registros de una campaña' },
  description: {
    en: 'Puts the telephones of customers of a campaign aside, who are named by their ids, until somebody brings them back. 202 means durable: all of it, or nothing where the call fails.',
    es: 'Aparta los teléfonos de clientes de una campaña, nombrados por su identificación, hasta que alguien los devuelva. 202 significa durable: todo, o nada si el consumo falla.',
  },
  benefit: {
    en: 'Who was reached in another way is not dialed any more, and a mistake is undone with one call.',
    es: 'A quien ya se contactó por otro canal no se le marca más, y un error se deshace con un consumo.',
  },
  how: [
    ...RECORDS_HOW,
    {
      en: 'A telephone is not dialed for any campaign while it is put aside. So it is put aside only when all customers who have it are removed: in this call, or in earlier ones. Until then it is still dialed, and `telephones_still_dialed` and `msg` say so. A telephone of more than 20 customers is always left in.',
      es: 'Mientras está apartado, un teléfono no se marca para ninguna campaña. Por eso se aparta solo cuando todos los clientes que lo tienen fueron borrados: en este consumo o en anteriores. Hasta entonces se sigue marcando, y `telephones_still_dialed` y `msg` lo dicen. Un teléfono de más de 20 clientes nunca se aparta así.',
    },
    {
      en: '`recall_records` brings the telephones back, and so does `/v1/hygiene/restore`. Adding the customer again does not.',
      es: '`recall_records` devuelve los teléfonos, y también `/v1/hygiene/restore`. Agregar otra vez el cliente no los devuelve.',
    },
    {
      en: 'Ids that the campaign does not have are counted, and the others are removed. If it has none of them, the reply is a 404. A call that is sent again changes nothing.',
      es: 'Las identificaciones que la campaña no tiene se cuentan, y las demás se borran. Si no tiene ninguna, la respuesta es un 404. Un consumo repetido no cambia nada.',
    },
  ],
  scopes: ['ingest'],
  query: z.object({ api: apiNamed('remove_record'), ...removeRecordQuery.shape }),
  body: { 'application/json': removeRecordSchema },
  body_example: { customer_id: '1020304050' },
  replies: {
    202: {
      description: { en: 'They are removed.', es: 'Quedaron borrados.' },
      bodies: {
        'application/json': doneSchema(REMOVED_MSG, {
          total_sent: countText('Different ids that were sent.', 'Identificaciones distintas enviadas.'),
          total_removed: countText('Customers that are removed now.', 'Clientes que ahora están borrados.'),
          total_not_found: countText(
            'Ids that the campaign does not have; with `result`, also those whose last result is another.',
            'Identificaciones que la campaña no tiene; con `result`, también las de otro último resultado.',
          ),
          telephones_put_aside: countText(
            'Their telephones that are put aside now.',
            'Sus teléfonos que ahora están apartados.',
          ),
          telephones_still_dialed: countText(
            'Their telephones that are still dialed, because other customers have them.',
            'Sus teléfonos que se siguen marcando, porque otros clientes los tienen.',
          ),
        }).meta({ id: 'remove_record_reply' }),
      },
    },
  },
  errors: [
    'no-records',
    'malformed-body',
    'too-many-records',
    'body-too-large',
    'body-too-slow',
    'unsupported-media-type',
    'invalid-records',
    'report-timeout',
  ],
};
