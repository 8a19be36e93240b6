import { useSay } from '../../language/language.js';
import { Screen } from '../../parts/screen.js';
import { Tabs, useTab } from '../../parts/tabs.js';
import { HandOver } from './hand-over/hand-over.js';
import { Quarantine } from './quarantine/quarantine.js';

const WORDS = {
  title: { en: 'List quality', es: 'Calidad de listas' },
  parts: { en: 'Parts of list quality', es: 'Partes de la calidad de listas' },
  verdicts: { en: 'Verdicts', es: 'Veredictos' },
  quarantine: { en: 'Quarantine', es: 'Cuarentena' },
  hand_over: { en: 'Hand-over', es: 'Entrega' },
} as const;

const TABS = ['verdicts', 'quarantine', 'hand-over'] as const;

export default function ListQuality() {
  const say = useSay();
  const tab = useTab(TABS);
  const tabs = [
    { name: 'verdicts', title: say(WORDS.verdicts) },
    { name: 'quarantine', title: say(WORDS.quarantine) },
    { name: 'hand-over', title: say(WORDS.hand_over) },
  ] as const;
  return (
    <Screen title={say(WORDS.title)}>
      <Tabs label={say(WORDS.parts)} tabs={tabs} current={tab} />
      {tab === 'quarantine' && <Quarantine />}
      {tab === 'hand-over' && <HandOver />}
    </Screen>
  );
}
