import { ALARM_DAYS_MAX, type AlarmsDocument, type TrunkFaultsDocument } from '@recuento/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCalls } from '../../operation/calls.js';
import type { Period } from '../../period/period.js';
import { troublesOf } from './troubles.js';
import { LIVE_MS, useTrend } from './use-trend.js';

/** Faults or alarms that are asked for: more than three months of a large operation have. */
const LIMIT = 1_000;

const LIVE = { placeholderData: keepPreviousData, staleTime: LIVE_MS, refetchInterval: LIVE_MS } as const;

/** The faults that touch a period. */
function useFaults({ from, to }: Period, enabled: boolean) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'trunk-faults', from, to],
    queryFn: ({ signal }) =>
      calls.documentOf<TrunkFaultsDocument>('/v1/hygiene/trunk-faults', {
        query: { from, to, limit: LIMIT },
        signal,
      }),
    select: ({ faults }) => faults,
    enabled,
    ...LIVE,
  });
}

/** Whether a period is not over: what has no end in one that is over went on at its last second, and may have ended since. */
export function goesOn({ to }: Pick<Period, 'to'>): boolean {
  return Date.parse(to) > Date.now();
}

const DAY_MS = 86_400_000;

/**
 * The alarms of a period, of its last days where it is longer than alarms are listed for. A period that goes on is asked about as of now,
 * which the service knows better than this machine.
 */
function useAlarms({ from, to }: Period, enabled: boolean) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'alarms', from, to],
    queryFn: ({ signal }) => {
      const until_ms = Math.min(Date.parse(to), Date.now());
      // An hour less, in case that this machine's clock is behind.
      const earliest_ms = until_ms - ALARM_DAYS_MAX * DAY_MS + 3_600_000;
      const since = new Date(Math.max(Date.parse(from), earliest_ms)).toISOString();
      const query = { since, limit: LIMIT, ...(!goesOn({ to }) && { as_of: to }) };
      return calls.documentOf<AlarmsDocument>('/v1/alarms', { query, signal });
    },
    select: ({ alarms }) => alarms,
    enabled,
    ...LIVE,
  });
}

/**
 * What was wrong in a period. It is asked for once the period's attempts are shown: it may take seconds to be learned. Alarms take longest
 * then, and join what is shown already.
 */
export function useTroubles(period: Period, campaign: string) {
  const { isFetched } = useTrend({ campaign, from: period.from, to: period.to, interval: 'hour' });
  const faults = useFaults(period, isFetched);
  const alarms = useAlarms(period, isFetched);
  const troubles = useMemo(
    () => faults.data && troublesOf(faults.data, alarms.data ?? [], campaign),
    [faults.data, alarms.data, campaign],
  );
  return { troubles, faults, alarms };
}
