import { useSay } from '../../language/language.js';
import { CampaignPicker } from '../../operation/campaign-picker.js';
import { useCaller } from '../../operation/operation.js';
import { Screen } from '../../parts/screen.js';
import { Tabs, useTab } from '../../parts/tabs.js';
import { PeriodPicker } from '../../period/period-picker.js';
import { Moving } from './moving/moving.js';
import { Snippets } from './snippets.js';
import { TokenList } from './token-list.js';
import './tokens.css';
import { TokensOfOthers } from './tokens-of-others.js';
import { UsageToday } from './usage-today.js';

const WORDS = {
  title: { en: 'API and tokens', es: 'API y tokens' },
  parts: { en: 'Parts of this screen', es: 'Partes de esta pantalla' },
  tokens: { en: 'Tokens and usage', es: 'Tokens y consumo' },
  calls: { en: 'Call the API', es: 'Llamar a la API' },
  moving: { en: 'Move a program here', es: 'Traer un programa' },
} as const;

const TABS = ['tokens', 'calls', 'moving'] as const;

/** Tokens of the operation, what they have used of the day, and how programs get here. */
export default function Tokens() {
  const say = useSay();
  const tab = useTab(TABS);
  const may_manage = useCaller().scopes.includes('admin');
  const pickers = tab === 'tokens' ? undefined : <CallPickers />;
  return (
    <Screen title={say(WORDS.title)} pickers={pickers}>
      <Tabs
        label={say(WORDS.parts)}
        tabs={TABS.map((name) => ({ name, title: say(WORDS[name]) }))}
        current={tab}
      />
      {tab === 'tokens' && (
        <>
          <UsageToday />
          {may_manage ? <TokenList /> : <TokensOfOthers />}
        </>
      )}
      {tab === 'calls' && <Snippets />}
      {tab === 'moving' && <Moving />}
    </Screen>
  );
}

/** What the call is about. */
function CallPickers() {
  return (
    <>
      <CampaignPicker />
      <PeriodPicker />
    </>
  );
}
