import type { ReportDescription } from '../report.js';
import { column } from './column.js';

const OPTIONS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;

/** Machine codes, phone by phone: a row for each attempt. */
export const CAMPAIGN_3 = {
  api: 'campaign_3',
  title: {
    en: 'Machine codes, phone by phone',
    es: 'Códigos de máquina, teléfono por teléfono',
  },
  columns: [
    column('campaign_id', 'The number of the campaign.', 'El número de la campaña.'),
    column('customer_name', 'Name of the customer.', 'Nombre del cliente.'),
    column('customer_last_name', 'Last name of the customer.', 'Apellido del cliente.'),
    column('id_type', 'Kind of the customer’s id.', 'Tipo de identificación del cliente.'),
    column('customer_id', 'Id of the customer.', 'Identificación del cliente.'),
    column('date', 'When it was dialed: YYYY-MM-DD HH:MM:SS.', 'Cuándo se marcó: AAAA-MM-DD HH:MM:SS.'),
    column('telephone', 'The dialed number, as it was dialed.', 'El número marcado, tal como se marcó.'),
    column(
      'result',
      'The machine code: NO-ANSWER, BUSY and so on.',
      'El código de máquina: NO-ANSWER, BUSY, etc.',
    ),
    ...OPTIONS.map((number) =>
      column(`opt${number}`, `Field ${number} of the record.`, `Campo ${number} del registro.`),
    ),
    column('conn_id', 'Id of the attempt.', 'Identificador del intento.'),
  ],
} as const satisfies ReportDescription;
