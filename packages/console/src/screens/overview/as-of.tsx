import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import type { Period } from '../../period/period.js';
import { useTrend } from './use-trend.js';

const WORDS = {
  as_of: { en: 'As of {time}', es: 'Actualizado: {time}' },
  waiting: { en: 'Loading…', es: 'Cargando…' },
} as const;

/** When the numbers were last asked for. It stands alone, so that nothing else is drawn again for it. */
export function AsOf({ period, campaign }: { readonly period: Period; readonly campaign: string }) {
  const say = useSay();
  const { time } = useOperationFormats();
  const { dataUpdatedAt, isPlaceholderData } = useTrend({
    campaign,
    from: period.from,
    to: period.to,
    interval: 'hour',
  });
  if (dataUpdatedAt === 0 || isPlaceholderData) return say(WORDS.waiting);
  return say(WORDS.as_of, { time: time(new Date(dataUpdatedAt).toISOString()) });
}
