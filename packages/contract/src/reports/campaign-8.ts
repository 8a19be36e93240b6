import type { ReportDescription } from '../report.js';
import { TELEPHONE } from './attempt-columns.js';
import { column } from './column.js';

/** Machine codes grouped by telephone and result (seed page, report 8). */
export const CAMPAIGN_8 = {
  api: 'campaign_8',
  title: {
    en: 'Machine codes grouped by telephone and result',
    es: 'Códigos de máquina agrupados por teléfono y resultados',
  },
  description: {
    en: 'How often each telephone was dialed without reaching anybody, and how each of those attempts ended.',
    es: 'Cuántas veces se marcó cada teléfono sin contactar a nadie, y cómo terminó cada uno de esos intentos.',
  },
  benefit: {
    en: 'Shows the numbers that cost dials and never answer, so that they can be taken off the list.',
    es: 'Muestra los números que gastan marcaciones y nunca contestan, para retirarlos de la lista.',
  },
  columns: [
    TELEPHONE,
    column(
      'total_machine_recognitions',
      'Sum of the five columns that follow.',
      'Suma de las cinco columnas que siguen.',
    ),
    column('no_answer', 'Attempts that nobody answered.', 'Intentos que nadie contestó.'),
    column('answer_machine', 'Attempts that a machine answered.', 'Intentos que contestó una máquina.'),
    column('busy', 'Attempts that found the line busy.', 'Intentos con la línea ocupada.'),
    column('congestion', 'Attempts that found no free circuit.', 'Intentos con la red congestionada.'),
    column('failed', 'Attempts that could not be dialed.', 'Intentos que no se pudieron marcar.'),
  ],
} as const satisfies ReportDescription;
