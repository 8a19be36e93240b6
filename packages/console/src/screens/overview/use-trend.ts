import type { TrendDimension, TrendInterval } from '@recuento/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCalls } from '../../operation/calls.js';
import type { TrendRow } from './counts.js';

/**
 * How often an open screen asks again. The browser sends the ETag of what it has, and mostly gets a 304; then the rows are the same objects
 * as before, and nothing is drawn again. A hidden tab does not ask.
 */
export const LIVE_MS = 5 * 60_000;

interface AskedTrend {
  /** A number, or `all`. */
  readonly campaign: string;
  /** RFC 3339 with an offset; both included. */
  readonly from: string;
  readonly to: string;
  readonly interval: TrendInterval;
  readonly by?: TrendDimension;
}

/** Counts of a window. While those of another window are fetched, the ones of before stay. */
export function useTrend({ campaign, ...asked }: AskedTrend, enabled = true) {
  const calls = useCalls();
  const query = { campaign_id: campaign, ...asked };
  return useQuery({
    queryKey: [calls.key, 'trend', query],
    queryFn: ({ signal }) =>
      calls.documentOf<{ readonly trend: readonly TrendRow[] }>('/v1/trend', { query, signal }),
    select: ({ trend }) => trend,
    placeholderData: keepPreviousData,
    staleTime: LIVE_MS,
    refetchInterval: LIVE_MS,
    enabled,
  });
}
