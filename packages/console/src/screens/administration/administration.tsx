import { useSay } from '../../language/language.js';
import { useCaller, useOperationIfChosen } from '../../operation/operation.js';
import { Empty } from '../../parts/empty.js';
import { Screen } from '../../parts/screen.js';
import { Tabs, useTab } from '../../parts/tabs.js';
import './administration.css';
import { OperationsTab } from './operations/operations-tab.js';
import { SettingsTab } from './settings/settings-tab.js';
import { WebhooksTab } from './webhooks/webhooks-tab.js';

const WORDS = {
  title: { en: 'Administration', es: 'Administración' },
  parts: { en: 'Parts of this screen', es: 'Partes de esta pantalla' },
  operations: { en: 'Operations', es: 'Operaciones' },
  settings: { en: 'Settings', es: 'Configuración' },
  webhooks: { en: 'Webhooks', es: 'Webhooks' },
  no_operation: { en: 'Choose an operation', es: 'Elija una operación' },
  choose: { en: 'At the top, or in the list of operations.', es: 'Arriba, o en la lista de operaciones.' },
} as const;

type TabName = 'operations' | 'settings' | 'webhooks';

/** What is set: of the whole service for its administrator, of one operation for whoever has a token of it. */
export default function Administration() {
  const say = useSay();
  const { caller, scopes } = useCaller();
  const names: readonly [TabName, ...TabName[]] =
    caller === 'administrator'
      ? ['operations', 'settings', 'webhooks']
      : ['settings', ...(scopes.includes('admin') ? (['webhooks'] as const) : [])];
  const tab = useTab(names);
  return (
    <Screen title={say(WORDS.title)}>
      {names.length > 1 && (
        <Tabs
          label={say(WORDS.parts)}
          tabs={names.map((name) => ({ name, title: say(WORDS[name]) }))}
          current={tab}
        />
      )}
      {tab === 'operations' ? <OperationsTab /> : <OfOperation tab={tab} />}
    </Screen>
  );
}

function OfOperation({ tab }: { readonly tab: 'settings' | 'webhooks' }) {
  const say = useSay();
  const operation = useOperationIfChosen();
  if (!operation) {
    return (
      <Empty title={say(WORDS.no_operation)}>
        <p>{say(WORDS.choose)}</p>
      </Empty>
    );
  }
  return tab === 'settings' ? <SettingsTab server={operation.server} /> : <WebhooksTab />;
}
