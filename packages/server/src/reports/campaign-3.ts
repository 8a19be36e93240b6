import { column, type ReportDescription } from '@recuento/contract';
import { CAMPAIGN_ID, CUSTOMER_ID, DATE, TELEPHONE } from './attempt-columns.js';
import { spelled } from './by-result.js';
import { detail, WALL_TIME } from './detail.js';

const OPTIONS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;

const DESCRIPTION = {
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

/**
 * `campaign_3`: machine codes, phone by phone: a row for each attempt, by the attempt's time in the operation's zone. (The
 * vendor also filters by the record's date, and by GMT-5 whatever the zone.)
 */
export const campaign3 = detail(DESCRIPTION, {
  campaign_id: 'toString(campaign_id)',
  customer_name: `record['customer_name']`,
  customer_last_name: `record['customer_last_name']`,
  id_type: `record['id_type']`,
  customer_id: 'customer_id',
  date: WALL_TIME,
  telephone: 'telephone',
  result: `upper(${spelled('result')})`,
  opt1: `record['opt1']`,
  opt2: `record['opt2']`,
  opt3: `record['opt3']`,
  opt4: `record['opt4']`,
  opt5: `record['opt5']`,
  opt6: `record['opt6']`,
  opt7: `record['opt7']`,
  opt8: `record['opt8']`,
  opt9: `record['opt9']`,
  opt10: `record['opt10']`,
  opt11: `record['opt11']`,
  opt12: `record['opt12']`,
  conn_id: 'attempt_id',
});
