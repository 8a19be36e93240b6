import { column, type ReportDescription } from '@recuento/contract';
import { CAMPAIGN_ID, CUSTOMER_ID, DATE, TELEPHONE } from './attempt-columns.js';
import { CDR_RESULT, CDR_RESULT_COLUMN, ENDED_BY_MACHINE } from './cdr-results.js';
import { detail, WALL_TIME } from './detail.js';

const DESCRIPTION = {
  api: 'cdr_5',
  title: { en: 'Unconnected calls, detail', es: 'Llamadas no conectadas, detalle' },
  description: {
    en: 'Every call of the window that a machine ended before anybody answered, one row each.',
    es: 'Cada llamada de la ventana que una máquina terminó sin que nadie contestara, una fila por llamada.',
  },
  benefit: {
    en: 'Tells whom no call reached, when, and whether the line or the number was why.',
    es: 'Dice a quién no llegó ninguna llamada, cuándo, y si fue por la línea o por el número.',
  },
  columns: [
    DATE,
    TELEPHONE,
    CDR_RESULT_COLUMN,
    CUSTOMER_ID,
    CAMPAIGN_ID,
    column('conn_id', 'Id of the attempt.', 'Identificador del intento.'),
  ],
  is_of_all: true,
} as const satisfies ReportDescription;

/** `cdr_5`: the attempts that nobody and nothing answered, in the order of `campaign_3`. An answering machine answers. */
export const cdr5 = detail(
  DESCRIPTION,
  {
    date: WALL_TIME,
    telephone: 'telephone',
    result: CDR_RESULT,
    customer_id: 'customer_id',
    campaign_id: 'toString(campaign_id)',
    conn_id: 'attempt_id',
  },
  ENDED_BY_MACHINE,
);
