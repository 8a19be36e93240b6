import { z } from 'zod';
import { described } from '../../language.js';
import { recallRecordsQuery } from '../../queries/campaign-query.js';
import { RECALL_FIELDS, recallRecordsSchema } from '../../records.js';
import type { Endpoint } from '../endpoint.js';
import { countText } from './created.js';
import { doneSchema, RECORDS_HOW } from './done.js';
import { apiNamed } from './reports.js';

const RECALLED_MSG =
  /^\d+ records were set to be dialed again(, \d+ of their telephones stay put aside for another reason)?$/;

const said = (en: string, es: string) => described(z.string(), { en, es });

/** `campaign.php?api=recall_records`: what `remove_record` put aside is dialed again. */
export const RECALL_RECORDS: Endpoint = {
  id: 'recall_records',
  api_kind: 'documented',
  method: 'PUT',
  path: '/api/v2/campaign.php',
  title: { en: 'Set records to be dialed again', es: 'Volver a marcar registros' },
  description: {
    en: 'Brings back the telephones of customers of a campaign that were removed: of those whose field has a value. 202 means durable: all of it, or nothing where the call fails.',
    es: 'Devuelve los teléfonos de clientes de una campaña que se borraron: los de aquellos cuyo campo tiene un valor. 202 significa durable: todo, o nada si el consumo falla.',
  },
  benefit: {
    en: 'A removal that was a mistake is undone, for one customer or for a part of the list.',
    es: 'Un borrado por error se deshace, para un cliente o para una parte de la lista.',
  },
  how: [
    ...RECORDS_HOW,
    {
      en: 'It undoes what `remove_record` did, and nothing else. What `add_dnc` blocks, and what a person or a rule put aside, stays put aside; `telephones_put_aside` counts it, and `/v1/hygiene/restore` brings it back.',
      es: 'Deshace lo que hizo `remove_record`, y nada más. Lo que bloquea `add_dnc`, y lo que apartó una persona o una regla, sigue apartado; `telephones_put_aside` lo cuenta, y `/v1/hygiene/restore` lo devuelve.',
    },
    {
      en: `Fields: ${RECALL_FIELDS.join(', ')}. \`result\` is the machine code of the customer’s last attempt in the campaign. Other fields are refused: nothing is stored of them.`,
      es: `Campos: ${RECALL_FIELDS.join(', ')}. \`result\` es el código de máquina del último intento del cliente en la campaña. Los demás campos se rechazan: de ellos no se guarda nada.`,
    },
    {
      en: 'If no customer of the campaign has the value, the reply is a 404. A call that is sent again changes nothing, and `affected_records` is then 0.',
      es: 'Si ningún cliente de la campaña tiene el valor, la respuesta es un 404. Un consumo repetido no cambia nada, y entonces `affected_records` es 0.',
    },
  ],
  scopes: ['ingest'],
  query: z.object({ api: apiNamed('recall_records'), ...recallRecordsQuery.shape }),
  body: { 'application/json': recallRecordsSchema },
  body_example: { field: 'customer_id', value: '1020304050' },
  replies: {
    202: {
      description: { en: 'They are dialed again.', es: 'Se vuelven a marcar.' },
      bodies: {
        'application/json': doneSchema(RECALLED_MSG, {
          campaign_id: countText('The campaign.', 'La campaña.'),
          field: said('The field.', 'El campo.'),
          value: said('Its value, as it was sent.', 'Su valor, tal como se envió.'),
          normalized_value: said(
            'The value that was looked for: without blanks around it, and a result in its documented spelling.',
            'El valor que se buscó: sin espacios alrededor, y un resultado como lo escribe la documentación.',
          ),
          affected_records: countText(
            'Customers with a telephone that was brought back by this call.',
            'Clientes con un teléfono que este consumo devolvió.',
          ),
          telephones_put_aside: countText(
            'Their telephones that stay put aside for another reason.',
            'Sus teléfonos que siguen apartados por otro motivo.',
          ),
        }).meta({ id: 'recall_records_reply' }),
      },
    },
  },
  errors: [
    'no-records',
    'malformed-body',
    'body-too-large',
    'body-too-slow',
    'unsupported-media-type',
    'invalid-records',
    'report-timeout',
  ],
};
