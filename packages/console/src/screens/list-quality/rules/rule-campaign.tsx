import { useSay } from '../../../language/language.js';
import { campaignTitle } from '../../../operation/campaign-picker.js';
import { LISTED_MAX, useCampaigns } from '../../../operation/campaigns.js';
import { Field } from '../../../parts/field.js';

const WORDS = {
  campaign: { en: 'Telephones of', es: 'Teléfonos de' },
  all: { en: 'All campaigns', es: 'Todas las campañas' },
  number: { en: 'Number of the campaign, or all', es: 'Número de la campaña, o all' },
  fault: {
    en: 'The number of a campaign, or the word all',
    es: 'El número de una campaña, o la palabra all',
  },
} as const;

interface RuleCampaignProps {
  /** Its number, or `all`; as it is typed. */
  readonly campaign: string;
  readonly is_wrong: boolean;
  readonly onCampaign: (campaign: string) => void;
}

/** Whose telephones a rule takes. */
export function RuleCampaign({ campaign, is_wrong, onCampaign }: RuleCampaignProps) {
  const say = useSay();
  const campaigns = useCampaigns().data ?? [];
  const is_listed =
    campaign === 'all' || campaigns.some(({ campaign_id }) => String(campaign_id) === campaign);
  if (campaigns.length > LISTED_MAX) {
    return (
      <Field label={say(WORDS.number)} error={is_wrong ? say(WORDS.fault) : undefined}>
        {(labelled) => (
          <input {...labelled} value={campaign} onChange={({ target }) => onCampaign(target.value.trim())} />
        )}
      </Field>
    );
  }
  return (
    <Field label={say(WORDS.campaign)}>
      {(labelled) => (
        <select {...labelled} value={campaign} onChange={({ target }) => onCampaign(target.value)}>
          <option value="all">{say(WORDS.all)}</option>
          {!is_listed && <option value={campaign}>{campaign}</option>}
          {campaigns.map((listed) => (
            <option key={listed.campaign_id} value={listed.campaign_id}>
              {campaignTitle(listed)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
