import type { ReportDescription } from '../report.js';
import { column } from './column.js';

/** Answering machine detection, attempt by attempt. */
export const CAMPAIGN_7 = {
  api: 'campaign_7',
  title: {
    en: 'Answering machine detection, detail',
    es: 'Detección de contestadores, detalle',
  },
  columns: [
    column('customer_id', 'Id of the customer.', 'Identificación del cliente.'),
    column('campaign_id', 'The number of the campaign.', 'El número de la campaña.'),
    column('file_name', 'File that the record came from.', 'Archivo del que vino el registro.'),
    column('telephone', 'The dialed number, as it was dialed.', 'El número marcado, tal como se marcó.'),
    column('result', 'What was detected: machine or human.', 'Qué se detectó: machine o human.'),
    column('date', 'When it was dialed: YYYY-MM-DD HH:MM:SS.', 'Cuándo se marcó: AAAA-MM-DD HH:MM:SS.'),
  ],
} as const satisfies ReportDescription;
