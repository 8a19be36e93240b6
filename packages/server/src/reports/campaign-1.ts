import { column, type ReportDescription } from '@recuento/contract';
import { byResult } from './by-result.js';
import { IN_ORDER } from './order.js';
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
 * `campaign_1`: machine codes, final result. A record is a customer of a campaign, by the customer's id, or by the telephone
 * where attempts have no id. Its result is that of its last attempt in the window. Of attempts in the same second the one with
 * the higher attempt_id is the last.
 *
 * Several imports may have rows of one attempt, with different customers. So first the row that holds is taken for each attempt,
 * in the order of `told`, so that none is kept in memory.
 */
export const campaign1 = byResult(DESCRIPTION, (selection) => {
  const where = whereSelected(selection);
  return {
    sql: `SELECT argMax(held.1, (dialed_at, held.3, telephone)) AS code FROM (
        SELECT campaign_id, telephone, dialed_at, argMax((result, customer_id, attempt_id), version) AS held
        FROM told FINAL PREWHERE ${where.sql}
        GROUP BY operation_id, campaign_id, telephone, dialed_at, attempt_hash
      )
      GROUP BY campaign_id, held.2, if(held.2 = '', telephone, '')`,
    params: where.params,
    settings: IN_ORDER,
  };
});
