import { z } from 'zod';
import { customerSchema } from '../../customer.js';
import { DEFAULT_LIMITS } from '../../limits.js';
import { addRecordQuery } from '../../queries/campaign-query.js';
import type { Endpoint } from '../endpoint.js';
import { countText, createdSchema, UPLOAD_HOW } from './created.js';
import { apiNamed } from './reports.js';

const RECORDS = DEFAULT_LIMITS.max_records.toLocaleString('en');

/** `campaign.php?api=add_record`: customers of a campaign and their telephones. */
export const ADD_RECORD: Endpoint = {
  id: 'add_record',
  api_kind: 'documented',
  method: 'POST',
  path: '/api/v2/campaign.php',
  title: { en: 'Add records to a campaign', es: 'Agregar registros a una campaña' },
  description: {
    en: 'Adds customers with their telephones to a campaign.',
    es: 'Agrega clientes con sus teléfonos a una campaña.',
  },
  benefit: {
    en: 'Reports by telephone name the customer, even where an attempt has only the telephone.',
    es: 'Los reportes por teléfono nombran al cliente, incluso si un intento solo trae el teléfono.',
  },
  how: [
    ...UPLOAD_HOW,
    {
      en: `At most ${RECORDS} customers, all of them or none. Values are texts; a number counts as its digits, an empty one as absent; blanks around telephones and the id are dropped, control characters in other texts become blanks. Unknown fields are ignored.`,
      es: `A lo sumo ${RECORDS} clientes, todos o ninguno. Los valores son textos; un número cuenta como sus dígitos, uno vacío como ausente; los espacios alrededor de los teléfonos y del identificador se descartan, y los caracteres de control en los demás textos pasan a ser espacios. Los campos desconocidos se ignoran.`,
    },
    {
      en: 'Sending a `customer_id` again in the same campaign replaces the whole earlier record.',
      es: 'Enviar otra vez un `customer_id` en la misma campaña reemplaza por completo el registro anterior.',
    },
    {
      en: 'The campaign is created with its first customer.',
      es: 'La campaña se crea con su primer cliente.',
    },
  ],
  scopes: ['ingest'],
  query: z.object({
    api: apiNamed('add_record'),
    ...addRecordQuery.shape,
  }),
  body: { 'application/json': z.array(customerSchema) },
  body_example: [
    {
      customer_name: 'Luz',
      customer_last_name: 'Gómez',
      id_type: 'CC',
      customer_id: '1020304050',
      opt1: 'Mora 30',
      tel1: '573001234567',
    },
  ],
  replies: {
    201: {
      description: { en: 'The customers are added.', es: 'Los clientes quedaron agregados.' },
      bodies: {
        'application/json': createdSchema(z.literal('All records has been added successfully'), {
          total_registers: countText('Records that were added.', 'Registros agregados.'),
        }).meta({ id: 'add_record_reply' }),
      },
    },
  },
  errors: [
    'malformed-body',
    'too-many-records',
    'body-too-large',
    'body-too-slow',
    'unsupported-media-type',
    'invalid-records',
  ],
};
