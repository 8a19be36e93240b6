import { column, type ReportDescription } from '@recuento/contract';
import { byResult } from './by-result.js';
import { RESULT_COLUMN } from './results.js';
import { whereSelected } from './where.js';

const DESCRIPTION = {
  api: 'campaign_1',
  title: {
    en: 'Machine codes, final result',
    es: 'Códigos de máquina, resultado final',
  },
  description: {
    en: 'How each record ended: the machine code of its last attempt in the window, counted by code.',
    es: 'Cómo terminó cada registro: el código de máquina de su último intento en la ventana, contado por código.',
  },
  benefit: {
    en: 'Tells how much of a list is settled and how much is still to be dialed.',
    es: 'Dice cuánto de una lista está resuelto y cuánto falta por marcar.',
  },
  columns: [
    RESULT_COLUMN,
    column(
      'records',
      'Records of the campaign whose last attempt in the window ended so.',
      'Registros de la campaña cuyo último intento en la ventana terminó así.',
    ),
    column(
      'percent',
      'Of all records dialed in the window.',
      'De todos los registros marcados en la ventana.',
    ),
  ],
} as const satisfies ReportDescription;

/**
 * `campaign_1`: machine codes, final result. A record is a customer of a campaign, by the customer's id, or the telephone
 * where attempts do not tell it; its result is that of its last attempt in the window. Of attempts in the same second the
 * one with the higher attempt_id is the last, and of what several imports told of one attempt that which holds.
 */
export const campaign1 = byResult(DESCRIPTION, (selection) => {
  const where = whereSelected(selection);
  return {
    sql: `SELECT argMax(result, (dialed_at, attempt_id, telephone, version)) AS code FROM told FINAL PREWHERE ${where.sql}
      GROUP BY campaign_id, customer_id, if(customer_id = '', telephone, '')`,
    params: where.params,
  };
});
