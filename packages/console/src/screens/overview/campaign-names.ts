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

const CHARS = 60;

/** A trunk's name as plain text: cut, and without marks that turn the writing around. */
export function plainName(name: string): string {
  const plain = name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  return plain.length > CHARS ? `${plain.slice(0, CHARS)}…` : plain;
}
