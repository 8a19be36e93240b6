import type { Verdict } from '@recuento/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCalls } from '../../../operation/calls.js';

/** `GET /v1/hygiene/shares`: how many telephones have each verdict. */
export interface VerdictShares {
  readonly telephones: number;
  readonly shares: Readonly<Record<Verdict, number>>;
}

/** @param campaign its number, or `all` */
export function useShares(campaign: string) {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'hygiene', 'shares', campaign],
    queryFn: ({ signal }) =>
      calls.documentOf<VerdictShares>('/v1/hygiene/shares', { query: { campaign_id: campaign }, signal }),
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
  });
}

/** What attempts of a minute change in the shares of a list is not seen. */
const STALE_MS = 60_000;
