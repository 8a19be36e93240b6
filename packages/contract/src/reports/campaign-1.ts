import type { ReportDescription } from '../report.js';
import { column } from './column.js';
import { RESULT_COLUMN } from './results.js';

/** Machine codes, final result: how the last attempt at each record ended. */
export const CAMPAIGN_1 = {
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
