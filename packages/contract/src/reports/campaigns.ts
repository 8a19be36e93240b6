import type { ReportDescription } from '../report.js';
import { CAMPAIGN_ID } from './attempt-columns.js';
import { column } from './column.js';

/** `information.php?api=campaigns`: the campaigns, to turn their numbers into names. */
export const CAMPAIGNS = {
  api: 'campaigns',
  title: { en: 'Campaigns', es: 'Campañas' },
  columns: [
    CAMPAIGN_ID,
    column('campaign_name', 'Its name.', 'Su nombre.'),
    column('campaign_description', 'Always empty.', 'Siempre vacío.'),
    column('type_campaign', 'Its kind: predictive, preview.', 'Su tipo: predictive, preview.'),
    ...['status', 'records', 'speed', 'dial_mode', 'last_use', 'recycled', 'turbo_dial', 'skill_id'].map(
      (name) =>
        column(name, 'Always empty: only the dialer knows.', 'Siempre vacío: solo el marcador lo sabe.'),
    ),
  ],
} as const satisfies ReportDescription;
