import type { ReportDescription } from '../report-description.js';
import { column } from './column.js';

/** `information.php?api=campaigns`: the campaigns with their numbers and names. */
export const CAMPAIGNS = {
  api: 'campaigns',
  title: { en: 'Campaigns', es: 'Campañas' },
  description: {
    en: 'The campaigns of the operation with their names and types.',
    es: 'Las campañas de la operación con sus nombres y tipos.',
  },
  benefit: {
    en: 'Turns the numbers of campaigns into names, with one call for all of them.',
    es: 'Convierte los números de campaña en nombres, con un solo consumo para todas.',
  },
  columns: [
    column('campaign_id', 'The number of the campaign.', 'El número de la campaña.'),
    column('campaign_name', 'Its name.', 'Su nombre.'),
    column('campaign_description', 'Always empty.', 'Siempre vacío.'),
    column('type_campaign', 'Its kind: predictive, preview.', 'Su tipo: predictive, preview.'),
    ...['status', 'records', 'speed', 'dial_mode', 'last_use', 'recycled', 'turbo_dial', 'skill_id'].map(
      (name) =>
        column(name, 'Always empty: only the dialer knows.', 'Siempre vacío: solo el marcador lo sabe.'),
    ),
  ],
} as const satisfies ReportDescription;
