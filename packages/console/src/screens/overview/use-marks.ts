import { ALARM_WORDS } from '@recuento/contract';
import { useMemo } from 'react';
import { Temporal } from 'temporal-polyfill';
import type { ChartMark } from '../../charts/series.js';
import { useSay } from '../../language/language.js';
import { useOperation, useOperationFormats } from '../../operation/operation.js';
import type { Period } from '../../period/period.js';
import { type Interval, keyOf } from './intervals.js';
import { usePlaceText } from './place-text.js';
import { stretchesOf } from './troubles.js';
import { useTroubles } from './use-troubles.js';

const WORDS = {
  attempts: {
    en: '{what}: {count} {count: attempt|attempts}',
    es: '{what}: {count} {count: intento|intentos}',
  },
} as const;

/** The troubles of a period as marks on its time axis. They come later than the chart: what is known of trunks may have to be learned first. */
export function useMarks(
  period: Period,
  campaign: string,
  intervals: readonly Interval[],
): readonly ChartMark[] {
  const say = useSay();
  const { count } = useOperationFormats();
  const { time_zone } = useOperation();
  const placeText = usePlaceText();
  const { troubles } = useTroubles(period, campaign);
  const stretches = useMemo(() => {
    const is_hourly = intervals[0]?.hour !== undefined;
    return stretchesOf(troubles ?? [], intervals, (instant) => keyAt(instant, time_zone, is_hourly));
  }, [troubles, intervals, time_zone]);
  return stretches.map(({ first, last, trouble }) => {
    const what = `${say(ALARM_WORDS[trouble.kind])}, ${placeText(trouble)}`;
    const title =
      trouble.attempts === 0 ? what : say(WORDS.attempts, { what, count: count(trouble.attempts) });
    return { first, last, title };
  });
}

function keyAt(instant: string | null, time_zone: string, is_hourly: boolean): string {
  const moment = instant === null ? Temporal.Now.instant() : Temporal.Instant.from(instant);
  const wall = moment.toZonedDateTimeISO(time_zone);
  const day = wall.toPlainDate().toString();
  return is_hourly ? keyOf(day, wall.hour) : day;
}
