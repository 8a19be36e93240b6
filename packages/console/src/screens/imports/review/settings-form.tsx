import { FIELD_LIMITS, IMPORT_FORMATS } from '@recuento/contract';
import { useId } from 'react';
import { useSay } from '../../../language/language.js';
import { campaignTitle } from '../../../operation/campaign-picker.js';
import { LISTED_MAX, useCampaigns } from '../../../operation/campaigns.js';
import { useOperation } from '../../../operation/operation.js';
import { Field } from '../../../parts/field.js';
import { formatName } from '../words.js';
import { DateOrder } from './more-settings.js';
import { isCampaign, isZone, OF_THE_FORMAT, type Settings } from './settings.js';

const WORDS = {
  campaign: { en: 'Campaign', es: 'Campaña' },
  new_campaign: { en: 'A new campaign', es: 'Una campaña nueva' },
  number: { en: 'Its number', es: 'Su número' },
  no_campaign: { en: 'No campaign has this number', es: 'Ninguna campaña tiene ese número' },
  no_zone: { en: 'A name such as America/Bogota', es: 'Un nombre como America/Bogota' },
  not_needed: { en: 'The file names its own', es: 'El archivo trae la suya' },
  format: { en: 'Format', es: 'Formato' },
  auto: { en: 'Recognise it', es: 'Reconocerlo' },
  zone: { en: 'Times are in', es: 'Las horas son de' },
  zone_hint: { en: 'Where times have no offset', es: 'Cuando no traen desfase' },
} as const;

/** The zones that the browser knows. */
const ZONES = Intl.supportedValuesOf('timeZone');

interface SettingsFormProps {
  readonly settings: Settings;
  readonly onChange: (changed: Partial<Settings>) => void;
  /** Whether the records of the file's format name their campaigns. */
  readonly names_campaigns: boolean;
  readonly asks_date_order: boolean;
}

/** What is asked of every file: the campaign, the format, the time zone. */
export function SettingsForm({ settings, onChange, names_campaigns, asks_date_order }: SettingsFormProps) {
  const say = useSay();
  const zones = useId();
  const campaigns_listed = useId();
  const { time_zone } = useOperation();
  const campaigns = (useCampaigns().data ?? []).slice(0, LISTED_MAX);
  const chosen = campaigns.find(({ campaign_id }) => String(campaign_id) === settings.campaign_id.trim());
  const campaign_hint = () => {
    if (chosen) return campaignTitle(chosen);
    if (settings.campaign_id.trim() !== '') return say(WORDS.new_campaign);
    return names_campaigns ? say(WORDS.not_needed) : say(WORDS.number);
  };
  return (
    <div className="imports-settings">
      <Field
        label={say(WORDS.campaign)}
        hint={campaign_hint()}
        error={isCampaign(settings.campaign_id) ? undefined : say(WORDS.no_campaign)}
      >
        {(labelled) => (
          <input
            {...labelled}
            name="campaign"
            list={campaigns_listed}
            inputMode="numeric"
            autoComplete="off"
            maxLength={String(FIELD_LIMITS.campaign_id_max).length}
            value={settings.campaign_id}
            onChange={({ target }) => onChange({ campaign_id: target.value.replace(/\D/g, '') })}
          />
        )}
      </Field>
      <datalist id={campaigns_listed}>
        {campaigns.map((campaign) => (
          <option key={campaign.campaign_id} value={campaign.campaign_id}>
            {campaignTitle(campaign)}
          </option>
        ))}
      </datalist>
      <Field
        label={say(WORDS.zone)}
        hint={say(WORDS.zone_hint)}
        error={isZone(settings.time_zone) ? undefined : say(WORDS.no_zone)}
      >
        {(labelled) => (
          <input
            {...labelled}
            list={zones}
            placeholder={time_zone}
            autoComplete="off"
            spellCheck={false}
            value={settings.time_zone}
            onChange={({ target }) => onChange({ time_zone: target.value })}
          />
        )}
      </Field>
      <datalist id={zones}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field label={say(WORDS.format)}>
        {(labelled) => (
          <select
            {...labelled}
            value={settings.format}
            onChange={({ target }) => onChange({ ...OF_THE_FORMAT, format: asFormat(target.value) })}
          >
            <option value="auto">{say(WORDS.auto)}</option>
            {IMPORT_FORMATS.map((format) => (
              <option key={format} value={format}>
                {say(formatName(format))}
              </option>
            ))}
          </select>
        )}
      </Field>
      {asks_date_order && <DateOrder settings={settings} onChange={onChange} />}
    </div>
  );
}

function asFormat(text: string): Settings['format'] {
  return IMPORT_FORMATS.find((format) => format === text) ?? 'auto';
}
