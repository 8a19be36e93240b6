import type { ComponentType } from 'react';
import { useSay } from '../../language/language.js';
import { Screen } from '../../parts/screen.js';
import { Tabs, useTab } from '../../parts/tabs.js';
import { useWhere } from '../../where/where.js';
import { Calibration } from './calibration/calibration.js';
import { HandOver } from './hand-over/hand-over.js';
import './list-quality.css';
import { Quarantine } from './quarantine/quarantine.js';
import { Rules } from './rules/rules.js';
import { Why } from './telephones/why.js';
import { Verdicts } from './verdicts/verdicts.js';

const WORDS = {
  title: { en: 'List quality', es: 'Calidad de listas' },
  about: {
    en: 'Which numbers are worth dialing, and which are not.',
    es: 'Qué números vale la pena marcar, y cuáles no.',
  },
  parts: { en: 'Parts of list quality', es: 'Partes de calidad de listas' },
} as const;

/** In the order in which a list is looked after. */
const TABS = ['verdicts', 'rules', 'quarantine', 'hand-over', 'calibration'] as const;
type TabName = (typeof TABS)[number];

const TITLES = {
  verdicts: { en: 'Verdicts', es: 'Veredictos' },
  rules: { en: 'Rules', es: 'Reglas' },
  quarantine: { en: 'Quarantine', es: 'Cuarentena' },
  'hand-over': { en: 'Hand-over', es: 'Entrega al marcador' },
  calibration: { en: 'Calibration', es: 'Calibración' },
} as const;

const CONTENTS: Readonly<Record<TabName, ComponentType>> = {
  verdicts: Verdicts,
  rules: Rules,
  quarantine: Quarantine,
  'hand-over': HandOver,
  calibration: Calibration,
};

export default function ListQuality() {
  const say = useSay();
  const tab = useTab(TABS);
  const Content = CONTENTS[tab];
  const why = useWhere().params.get('why');
  return (
    <Screen title={say(WORDS.title)} about={say(WORDS.about)}>
      <Tabs
        label={say(WORDS.parts)}
        tabs={TABS.map((name) => ({ name, title: say(TITLES[name]) }))}
        current={tab}
      />
      <Content />
      {why !== null && <Why key={why} telephone={why} />}
    </Screen>
  );
}
