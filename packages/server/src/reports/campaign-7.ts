import { column, type ReportDescription } from '@recuento/contract';
import { CAMPAIGN_ID, CUSTOMER_ID, DATE, TELEPHONE } from './attempt-columns.js';
import { detail, WALL_TIME } from './detail.js';

const DESCRIPTION = {
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

/** `campaign_7`: what was detected at each attempt, where a machine or a person was. */
export const campaign7 = detail(
  DESCRIPTION,
  {
    customer_id: 'customer_id',
    campaign_id: 'toString(campaign_id)',
    file_name: `record['file_name']`,
    telephone: 'telephone',
    result: 'toString(amd)',
    date: WALL_TIME,
  },
  `amd IN ('machine', 'human')`,
);
