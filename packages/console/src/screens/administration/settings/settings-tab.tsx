import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { plainTitle } from '../../../language/plain-title.js';
import { useCaller } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { useWhere } from '../../../where/where.js';
import { useOperationDocument } from './operation-document.js';
import { OwnWordsPanel } from './own-words.js';
import { SettingsPanel } from './settings-panel.js';

const WORDS = {
  server: { en: 'Server code {server}', es: 'Código de servidor {server}' },
  administrator: {
    en: 'Only the administrator of the service changes these settings.',
    es: 'Solo el administrador del servicio cambia esta configuración.',
  },
  rules: { en: 'Rules of list quality', es: 'Reglas de calidad de listas' },
  tokens: { en: 'Its tokens', es: 'Sus tokens' },
} as const;

/** Everything that is set of an operation. */
export function SettingsTab({ server }: { readonly server: string }) {
  const say = useSay();
  const { hrefOf } = useWhere();
  const may_change = useCaller().caller === 'administrator';
  return (
    <Loaded query={useOperationDocument(server)} height_rem={30}>
      {(operation) => (
        <>
          <p className="actions">
            <strong>
              <Foreign text={plainTitle(operation.name)} />
            </strong>
            <span className="quiet">{say(WORDS.server, { server: operation.server })}</span>
            <Link href={hrefOf('/tokens')}>{say(WORDS.tokens)}</Link>
            <Link href={hrefOf('/list-quality')}>{say(WORDS.rules)}</Link>
          </p>
          {!may_change && <p className="quiet">{say(WORDS.administrator)}</p>}
          <div className="administration-panels">
            <div>
              <SettingsPanel group="general" operation={operation} />
              <SettingsPanel group="replies" operation={operation} />
            </div>
            <div>
              <SettingsPanel group="limits" operation={operation} />
              <SettingsPanel group="telephones" operation={operation} />
            </div>
          </div>
          <OwnWordsPanel operation={operation} />
        </>
      )}
    </Loaded>
  );
}
