import type { ReportDescription } from '../report.js';
import { CAMPAIGN_ID, CUSTOMER_ID, DATE, TELEPHONE } from './attempt-columns.js';
import { column } from './column.js';

const OPTIONS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;

/** Machine codes, phone by phone: a row for each attempt. */
export const CAMPAIGN_3 = {
  api: 'campaign_3',
  title: {
    en: 'Machine codes, phone by phone',
    es: 'Códigos de máquina, teléfono por teléfono',
  },
  description: {
    en: 'Every attempt of the window, one row each, with the customer’s record.',
    es: 'Cada intento de la ventana, una fila por intento, con el registro del cliente.',
  },
  benefit: {
    en: 'The detail behind the totals: who was dialed, when, and how it ended.',
    es: 'El detalle detrás de los totales: a quién se marcó, cuándo y cómo terminó.',
  },
  columns: [
    CAMPAIGN_ID,
    column('customer_name', 'Name of the customer.', 'Nombre del cliente.'),
    column('customer_last_name', 'Last name of the customer.', 'Apellido del cliente.'),
    column('id_type', 'Kind of the customer’s id.', 'Tipo de identificación del cliente.'),
    CUSTOMER_ID,
    DATE,
    TELEPHONE,
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
