import { z } from 'zod';
import { ALARM_DAYS_MAX } from '../hygiene/alarms.js';
import { described } from '../language.js';
import { listQuery } from './list-query.js';
import { instant } from './table-parameters.js';

const as_of = described(
  instant.optional(),
  {
    en: 'The moment: RFC 3339 with an offset. Only attempts of whole minutes before it are looked at. Absent: now.',
    es: 'El momento: RFC 3339 con desfase. Solo se miran los intentos de minutos completos anteriores. Si falta: ahora.',
  },
  '2026-11-30T23:59:59-05:00',
);

/** `GET /v1/alarms`. */
export const alarmsQuery = z.object({
  since: described(
    instant.optional(),
    {
      en: `Alarms that were not over before this moment: RFC 3339 with an offset, at most ${ALARM_DAYS_MAX} days before the other moment. Absent: one day before it.`,
      es: `Alarmas que no habían terminado antes de este momento: RFC 3339 con desfase, a lo sumo ${ALARM_DAYS_MAX} días antes del otro momento. Si falta: un día antes.`,
    },
    '2026-11-30T00:00:00-05:00',
  ),
  as_of,
  ...listQuery.shape,
});

/** `GET /v1/alarms/{id}`. */
export const alarmQuery = z.object({ as_of });
