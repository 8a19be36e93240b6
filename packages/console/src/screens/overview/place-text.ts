import { ALARM_PARTS } from '@recuento/contract';
import { useSay } from '../../language/language.js';
import { plainTitle } from '../../language/plain-title.js';
import { useCampaignNames } from './campaign-names.js';
import type { Trouble } from './troubles.js';

/** Where a trouble was, as plain text. */
export function usePlaceText(): (trouble: Trouble) => string {
  const say = useSay();
  const names = useCampaignNames();
  return ({ trunk, campaign_id }) => {
    const values = {
      trunk: plainTitle(trunk ?? ''),
      campaign_id: campaign_id === null ? '' : names(campaign_id),
    };
    if (trunk !== null && campaign_id !== null) return say(ALARM_PARTS.both, values);
    if (trunk !== null) return say(ALARM_PARTS.trunk, values);
    return say(campaign_id === null ? ALARM_PARTS.operation : ALARM_PARTS.campaign, values);
  };
}
