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
  description: {
    en: 'Every attempt at which a machine or a person was detected.',
    es: 'Cada intento en el que se detectó una máquina o una persona.',
  },
  benefit: {
    en: 'Lets the detection be checked against recordings, number by number.',
    es: 'Permite comprobar la detección contra las grabaciones, número por número.',
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
