import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { Foreign } from '../../parts/foreign.js';
import { Loaded } from '../../parts/loaded.js';
import { Panel } from '../../parts/panel.js';
import { PlainTable } from '../../parts/plain-table.js';
import { useUsage } from './usage.js';

const WORDS = {
  title: { en: 'Tokens', es: 'Tokens' },
  about: {
    en: 'Creating and revoking tokens takes a token that may manage (scope admin); yours may not.',
    es: 'Para crear y revocar tokens hace falta un token que pueda administrar (alcance admin); el suyo no puede.',
  },
  name: { en: 'Name', es: 'Nombre' },
  calls: { en: 'Calls today', es: 'Consumos de hoy' },
} as const;

/** More rows than somebody reads. Those with the most calls are shown. */
const SHOWN = 50;

/** What a caller without the scope `admin` may know of tokens: how much each has called today. */
export function TokensOfOthers() {
  const say = useSay();
  const { count } = useOperationFormats();
  const usage = useUsage();
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)}>
      <Loaded query={usage}>
        {({ tokens }) => (
          <PlainTable
            caption={say(WORDS.title)}
            columns={[
              { key: 'name', title: say(WORDS.name), cell: ({ name }) => <Foreign text={name} /> },
              { key: 'calls', title: say(WORDS.calls), kind: 'number', cell: ({ calls }) => count(calls) },
            ]}
            rows={[...tokens].sort((one, other) => other.calls - one.calls).slice(0, SHOWN)}
            keyOf={({ id }) => id}
          />
        )}
      </Loaded>
    </Panel>
  );
}
