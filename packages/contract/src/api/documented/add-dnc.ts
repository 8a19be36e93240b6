import { z } from 'zod';
import { doNotCallSchema } from '../../do-not-call.js';
import { described } from '../../language.js';
import { DEFAULT_LIMITS } from '../../limits.js';
import type { Endpoint } from '../endpoint.js';
import { countText, createdSchema, UPLOAD_HOW } from './created.js';
import { faultRowSchema } from './envelope.js';
import { apiNamed } from './reports.js';

const RECORDS = DEFAULT_LIMITS.max_records.toLocaleString('en');

/** `campaign.php?api=add_dnc`: telephones that must not be dialed for some days. */
export const ADD_DNC: Endpoint = {
  id: 'add_dnc',
  api_kind: 'documented',
  method: 'POST',
  path: '/api/v2/campaign.php',
  title: { en: 'Add telephones to the do-not-call list', es: 'Agregar teléfonos a la lista de no llamar' },
  description: {
    en: 'Adds telephones that must not be dialed, each for a number of days. An entry ends by itself.',
    es: 'Agrega teléfonos que no se deben marcar, cada uno por un número de días. Una entrada termina por sí sola.',
  },
  benefit: {
    en: 'Keeps numbers from being dialed for a while, without deleting anything.',
    es: 'Mantiene números fuera de la marcación por un tiempo, sin borrar nada.',
  },
  how: [
    ...UPLOAD_HOW,
    {
      en: `At most ${RECORDS} telephones. An entry that is not valid is rejected and counted, and \`rejected\` says why; the others are added.`,
      es: `A lo sumo ${RECORDS} teléfonos. Una entrada no válida se rechaza y se cuenta, y \`rejected\` dice por qué; las demás se agregan.`,
    },
    {
      en: 'An entry ends `days_block` × 24 hours after it was added. Adding a telephone again replaces the end of its entry.',
      es: 'Una entrada termina `days_block` × 24 horas después de agregada. Agregar un teléfono otra vez reemplaza el final de su entrada.',
    },
  ],
  scopes: ['ingest'],
  query: z.object({
    api: apiNamed('add_dnc'),
  }),
  body: { 'application/json': z.array(doNotCallSchema) },
  body_example: [{ telephone: '573001234567', days_block: 30 }],
  replies: {
    201: {
      description: { en: 'The telephones are added.', es: 'Los teléfonos quedaron agregados.' },
      bodies: {
        'application/json': createdSchema(
          z.string().regex(/^\d+ telephones were added$/),
          {
            total_added: countText('Telephones that were added.', 'Teléfonos agregados.'),
            total_rejected: countText('Entries that are not valid.', 'Entradas no válidas.'),
            total_sent: countText('Entries that were sent.', 'Entradas enviadas.'),
          },
          {
            rejected: described(z.array(faultRowSchema).min(1).optional(), {
              en: 'Only where entries were rejected: why, one for each.',
              es: 'Solo si se rechazaron entradas: por qué, una por cada una.',
            }),
          },
        ).meta({ id: 'add_dnc_reply' }),
      },
    },
  },
  errors: ['malformed-body', 'too-many-records', 'body-too-large', 'body-too-slow', 'unsupported-media-type'],
};
