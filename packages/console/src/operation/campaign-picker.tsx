import { type FormEvent, useId } from 'react';
import { useSay } from '../language/language.js';
import { plainTitle } from '../language/plain-title.js';
import { useWhere } from '../where/where.js';
import { type Campaign, LISTED_MAX, useCampaigns } from './campaigns.js';

const WORDS = {
  campaign: { en: 'Campaign', es: 'Campaña' },
  all: { en: 'All campaigns', es: 'Todas las campañas' },
  number: { en: 'Campaign number', es: 'Número de campaña' },
} as const;

/** The campaign of the address as the API takes it: a number, or `all`. */
export function useCampaign(): string {
  const { params } = useWhere();
  const campaign = params.get('campaign') ?? '';
  return /^\d{1,10}$/.test(campaign) ? campaign : 'all';
}

/** Chooses one campaign or all of them, which becomes part of the address. */
export function CampaignPicker() {
  const say = useSay();
  const id = useId();
  const campaign = useCampaign();
  const { change } = useWhere();
  const campaigns = useCampaigns().data ?? [];
  const choose = (chosen: string) =>
    change({ campaign: chosen === 'all' || chosen === '' ? undefined : chosen, after: undefined });
  if (campaigns.length > LISTED_MAX) return <CampaignNumber campaign={campaign} choose={choose} />;
  const is_listed =
    campaign === 'all' || campaigns.some(({ campaign_id }) => String(campaign_id) === campaign);
  return (
    <div className="picker">
      <label htmlFor={id}>{say(WORDS.campaign)}</label>
      <select id={id} value={campaign} onChange={({ target }) => choose(target.value)}>
        <option value="all">{say(WORDS.all)}</option>
        {!is_listed && <option value={campaign}>{campaign}</option>}
        {campaigns.map((listed) => (
          <option key={listed.campaign_id} value={listed.campaign_id}>
            {campaignTitle(listed)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface CampaignNumberProps {
  readonly campaign: string;
  readonly choose: (campaign: string) => void;
}

function CampaignNumber({ campaign, choose }: CampaignNumberProps) {
  const say = useSay();
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('campaign');
    if (typeof typed === 'string') choose(typed.trim());
  };
  return (
    <form className="picker" onSubmit={submit}>
      <label htmlFor={id}>{say(WORDS.number)}</label>
      <input
        key={campaign}
        id={id}
        name="campaign"
        inputMode="numeric"
        pattern="\d{1,10}"
        placeholder={say(WORDS.all)}
        defaultValue={campaign === 'all' ? '' : campaign}
      />
    </form>
  );
}

export function campaignTitle({ campaign_id, name }: Campaign): string {
  if (name === null) return String(campaign_id);
  return `${campaign_id} · ${plainTitle(name)}`;
}
