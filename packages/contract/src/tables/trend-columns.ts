import { MACHINE_CODES } from '../machine-codes.js';
import type { TableColumn } from '../table.js';
import { codeColumn } from './columns.js';

/** What the counts of `GET /v1/trend` can be separated by, in addition to time. */
export const TREND_DIMENSIONS = ['campaign', 'trunk'] as const;
export type TrendDimension = (typeof TREND_DIMENSIONS)[number];

export const TREND_INTERVALS = ['hour', 'day', 'window'] as const;
export type TrendInterval = (typeof TREND_INTERVALS)[number];

/** Only with `by`. */
export const TREND_DIMENSION_COLUMNS: Readonly<Record<TrendDimension, TableColumn>> = {
  campaign: {
    name: 'campaign_id',
    kind: 'number',
    heading: { en: 'Campaign', es: 'Campaña' },
    description: {
      en: 'With `by=campaign`: the campaign.',
      es: 'Con `by=campaign`: la campaña.',
    },
  },
  trunk: {
    name: 'trunk',
    kind: 'text',
    heading: { en: 'Trunk', es: 'Troncal' },
    description: {
      en: 'With `by=trunk`: the trunk; empty for attempts without one.',
      es: 'Con `by=trunk`: la troncal; vacía para los intentos que no tienen.',
    },
  },
};

const INTERVAL_START: TableColumn = {
  name: 'interval_start',
  kind: 'instant',
  heading: { en: 'From', es: 'Desde' },
  description: {
    en: 'When the interval starts, as a clock of the operation shows it, with the offset.',
    es: 'Cuándo empieza el intervalo, como lo muestra un reloj de la operación, con el desfase.',
  },
};

const TOTAL: TableColumn = {
  name: 'total',
  kind: 'count',
  heading: { en: 'Attempts', es: 'Intentos' },
  description: { en: 'All attempts of the interval.', es: 'Todos los intentos del intervalo.' },
};

/** `GET /v1/trend`: a row for each interval with attempts. */
export function trendColumns(by: TrendDimension | undefined): readonly TableColumn[] {
  return [
    INTERVAL_START,
    ...(by === undefined ? [] : [TREND_DIMENSION_COLUMNS[by]]),
    ...MACHINE_CODES.map(codeColumn),
    TOTAL,
  ];
}
