import type { ReportDescription } from '../report-description.js';
import { column } from './column.js';

const unknown = (name: string) =>
  column(name, 'Always empty: only the dialer knows.', 'Siempre vacío: solo el marcador lo sabe.');

/** `real_time.php?api=campaigns`: today's attempts of each campaign, counted by result. */
export const REAL_TIME_CAMPAIGNS = {
  id: 'real_time_campaigns',
  api: 'campaigns',
  title: { en: 'Campaigns today', es: 'Campañas hoy' },
  description: {
    en: 'Each campaign of the operation with its name and today’s attempts counted by result, from midnight of the operation’s time zone.',
    es: 'Cada campaña de la operación con su nombre y los intentos de hoy contados por resultado, desde la medianoche de la zona horaria de la operación.',
  },
  benefit: {
    en: 'Follows the day as it goes, and turns numbers of campaigns into names.',
    es: 'Sigue el día mientras transcurre, y convierte los números de campaña en nombres.',
  },
  columns: [
    column(
      'campaign',
      'Number and name of the campaign: `1001 - Cobranza`.',
      'Número y nombre de la campaña: `1001 - Cobranza`.',
    ),
    unknown('speed'),
    unknown('status'),
    unknown('skill_id'),
    column(
      'records',
      'Customers that were added to it (`add_record`); empty if there are none.',
      'Clientes que se le agregaron (`add_record`); vacío si no se agregó ninguno.',
    ),
    unknown('clean'),
    column('dial', 'Attempts of today.', 'Intentos de hoy.'),
    column('answer', 'Of them, those with the result `answer`.', 'De ellos, los de resultado `answer`.'),
    column(
      'no_answer',
      'Of them, those with the result `no_answer`.',
      'De ellos, los de resultado `no_answer`.',
    ),
    column(
      'busy/congestion/failed',
      'Of them, those with the result `busy`, `congestion` or `failed`.',
      'De ellos, los de resultado `busy`, `congestion` o `failed`.',
    ),
    column(
      'answer_machine',
      'Of them, those with the result `answer_machine`.',
      'De ellos, los de resultado `answer_machine`.',
    ),
    ...['penetration_day', 'penetration_now', 'hits', 'calls_x_min', 'recycled'].map(unknown),
  ],
} as const satisfies ReportDescription;
