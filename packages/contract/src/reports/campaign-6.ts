import type { ReportDescription } from '../report.js';
import { CAMPAIGN_ID } from './attempt-columns.js';
import { column } from './column.js';

/** Answering machine detection, totals by campaign. */
export const CAMPAIGN_6 = {
  api: 'campaign_6',
  title: {
    en: 'Answering machine detection, totals',
    es: 'Detección de contestadores, totales',
  },
  description: {
    en: 'At how many attempts of each campaign an answering machine was detected.',
    es: 'En cuántos intentos de cada campaña se detectó un contestador.',
  },
  benefit: {
    en: 'Tells which campaigns spend their dials on machines.',
    es: 'Dice qué campañas gastan sus marcaciones en máquinas.',
  },
  columns: [
    CAMPAIGN_ID,
    column(
      'total_amd',
      'Attempts in the window at which a machine was detected.',
      'Intentos de la ventana en los que se detectó una máquina.',
    ),
  ],
} as const satisfies ReportDescription;
