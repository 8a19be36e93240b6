import { column, type ReportDescription } from '@recuento/contract';
import { byResult } from './by-result.js';
import { orderOfAll } from './order.js';
import { RESULT_COLUMN } from './results.js';
import { whereSelected } from './where.js';

const DESCRIPTION = {
  api: 'campaign_4',
  title: {
    en: 'Machine codes, attempt by attempt',
    es: 'Códigos de máquina, intento por intento',
  },
  description: {
    en: 'The attempts of the window, counted by machine code.',
    es: 'Los intentos de la ventana, contados por código de máquina.',
  },
  benefit: {
    en: 'Shows at a glance whether lines, lists or the dialer need attention.',
    es: 'Muestra de un vistazo si las líneas, las listas o el marcador necesitan atención.',
  },
  columns: [
    RESULT_COLUMN,
    column('records', 'Attempts in the window that ended so.', 'Intentos de la ventana que terminaron así.'),
    column('percent', 'Of all attempts in the window.', 'De todos los intentos de la ventana.'),
  ],
} as const satisfies ReportDescription;

/** `campaign_4`: machine codes, attempt by attempt. */
export const campaign4 = byResult(DESCRIPTION, (selection) => {
  const where = whereSelected(selection);
  return {
    sql: `SELECT result AS code FROM ${orderOfAll(selection)} FINAL PREWHERE ${where.sql}`,
    params: where.params,
  };
});
