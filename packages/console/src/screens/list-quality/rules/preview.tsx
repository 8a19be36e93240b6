import { type RuleDocument, type TriedRule, VERDICTS, type Verdict } from '@recuento/contract';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useCaller, useOperationFormats } from '../../../operation/operation.js';
import { Panel } from '../../../parts/panel.js';
import { TelephoneTable } from '../telephones/telephone-table.js';
import { VerdictMark } from '../telephones/verdict-mark.js';
import type { VerdictRow } from '../telephones/verdict-row.js';
import { useShares } from '../verdicts/use-shares.js';
import { ByCampaign } from './by-campaign.js';
import type { RuleDraft } from './draft.js';
import { PutAside } from './put-aside.js';
import { TrialResult } from './trial-result.js';
import { useTrial } from './use-trial.js';

const WORDS = {
  title: { en: 'What it takes now', es: 'Lo que toma ahora' },
  none: {
    en: 'It takes no telephone now.',
    es: 'Ahora no toma ningún teléfono.',
  },
  taken: {
    en: 'It takes {taken} {taken: telephone|telephones} now.',
    es: 'Ahora toma {taken} {taken: teléfono|teléfonos}.',
  },
  taken_of: {
    en: 'It takes {taken} of {all} {all: telephone|telephones} now: {share}.',
    es: 'Ahora toma {taken} de {all} {all: teléfono|teléfonos}: el {share}.',
  },
  put_aside: { en: 'Put them in quarantine…', es: 'Ponerlos en cuarentena…' },
  sample: { en: 'Some of them, with the evidence', es: 'Algunos de ellos, con la evidencia' },
  campaigns: { en: 'By campaign', es: 'Por campaña' },
  telephones: { en: 'Telephones', es: 'Teléfonos' },
  more: { en: 'Show {count}', es: 'Mostrar {count}' },
} as const;

/** `POST /v1/hygiene/preview`: what a rule takes now. */
export interface PreviewFound {
  readonly telephones_taken: number;
  readonly by_verdict: Readonly<Record<Verdict, number>>;
  readonly by_campaign: readonly { readonly campaign_id: number; readonly telephones_taken: number }[];
  readonly sample: readonly VerdictRow[];
}

interface PreviewProps {
  /** The rule as it is kept, or ships. */
  readonly kept: RuleDocument;
  readonly draft: RuleDraft;
  /** Undefined while the draft is not complete. */
  readonly rule: TriedRule | undefined;
}

/** What a rule takes at this moment. It follows what is typed. */
export function Preview({ kept, draft, rule }: PreviewProps) {
  const say = useSay();
  const may_act = useCaller().scopes.includes('admin');
  const [is_acting, setActing] = useState(false);
  const trial = useTrial<PreviewFound>('preview', rule && { rule });
  const taken = trial.is_old ? undefined : trial.query.data?.telephones_taken;
  return (
    <Panel
      title={say(WORDS.title)}
      actions={
        may_act && (
          <button
            type="button"
            className="primary"
            disabled={taken === undefined || taken === 0}
            onClick={() => setActing(true)}
          >
            {say(WORDS.put_aside)}
          </button>
        )
      }
    >
      <TrialResult trial={trial} is_old={trial.is_old} is_complete={rule !== undefined} height_rem={20}>
        {(found) => <Found found={found} campaign={draft.campaign} />}
      </TrialResult>
      {is_acting && rule && taken !== undefined && (
        <PutAside kept={kept} draft={draft} rule={rule} taken={taken} onClose={() => setActing(false)} />
      )}
    </Panel>
  );
}

function Found({ found, campaign }: { readonly found: PreviewFound; readonly campaign: string }) {
  const say = useSay();
  const { count, share } = useOperationFormats();
  const { telephones_taken, by_verdict, by_campaign, sample } = found;
  const all = useShares(campaign).data?.telephones;
  if (telephones_taken === 0) return <p className="list-quality-said">{say(WORDS.none)}</p>;
  const taken = count(telephones_taken);
  return (
    <>
      <p className="list-quality-said">
        {all === undefined || all < telephones_taken
          ? say(WORDS.taken, { taken })
          : say(WORDS.taken_of, { taken, all: count(all), share: share(telephones_taken / all) })}
      </p>
      <ul className="list-quality-of-verdicts">
        {VERDICTS.filter((verdict) => by_verdict[verdict] > 0).map((verdict) => (
          <li key={verdict}>
            <VerdictMark verdict={verdict} /> {count(by_verdict[verdict])}
          </li>
        ))}
      </ul>
      <ByCampaign
        title={say(WORDS.campaigns)}
        rows={by_campaign}
        columns={[
          {
            key: 'telephones',
            title: say(WORDS.telephones),
            kind: 'number',
            cell: ({ telephones_taken: of_campaign }) => count(of_campaign),
          },
        ]}
      />
      <Sample sample={sample} />
    </>
  );
}

/** So many are seen at first. */
const SAMPLE_ROWS = 5;

function Sample({ sample }: Pick<PreviewFound, 'sample'>) {
  const say = useSay();
  const { count } = useOperationFormats();
  const [shows_all, showAll] = useState(false);
  return (
    <section className="list-quality-part">
      <h3>{say(WORDS.sample)}</h3>
      <TelephoneTable caption={say(WORDS.sample)} rows={shows_all ? sample : sample.slice(0, SAMPLE_ROWS)} />
      {!shows_all && sample.length > SAMPLE_ROWS && (
        <p>
          <button type="button" onClick={() => showAll(true)}>
            {say(WORDS.more, { count: count(sample.length) })}
          </button>
        </p>
      )}
    </section>
  );
}
