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
