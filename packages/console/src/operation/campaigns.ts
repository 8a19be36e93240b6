import { useQuery } from '@tanstack/react-query';
import { useCalls } from './calls.js';

export interface Campaign {
  readonly campaign_id: number;
  readonly name: string | null;
}

interface CampaignList {
  readonly campaigns: readonly Campaign[];
}

/** More than these do not fit a list that people choose from: they type the number. */
export const LISTED_MAX = 500;

const STALE_MS = 5 * 60_000;

/** The operation's campaigns, in the order of their numbers: the first page of them, where they are very many. */
export function useCampaigns() {
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'campaigns'],
    queryFn: ({ signal }) =>
      calls.documentOf<CampaignList>('/v1/campaigns', { query: { cursor: '' }, signal }),
    select: ({ campaigns }) => campaigns,
    staleTime: STALE_MS,
  });
}
