import { useMemo } from 'react';
import { campaignTitle } from '../../operation/campaign-picker.js';
import { useCampaigns } from '../../operation/campaigns.js';

/** What a campaign is called: its number and name. One that is not among the first page of them has its number. */
export function useCampaignNames(): (campaign_id: number) => string {
  const { data } = useCampaigns();
  return useMemo(() => {
    const titles = new Map((data ?? []).map((campaign) => [campaign.campaign_id, campaignTitle(campaign)]));
    return (campaign_id) => titles.get(campaign_id) ?? String(campaign_id);
  }, [data]);
}
