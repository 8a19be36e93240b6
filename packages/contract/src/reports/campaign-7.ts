import type { ReportDescription } from '../report.js';
import { CAMPAIGN_ID, CUSTOMER_ID, DATE, TELEPHONE } from './attempt-columns.js';
import { column } from './column.js';

/** Answering machine detection, attempt by attempt. */
export const CAMPAIGN_7 = {
  api: 'campaign_7',
  title: {
    en: 'Answering machine detection, detail',
    es: 'Detección de contestadores, detalle',
  },
  columns: [
    CUSTOMER_ID,
    CAMPAIGN_ID,
    column('file_name', 'File that the record came from.', 'Archivo del que vino el registro.'),
    TELEPHONE,
    column('result', 'What was detected: machine or human.', 'Qué se detectó: machine o human.'),
    DATE,
  ],
} as const satisfies ReportDescription;
